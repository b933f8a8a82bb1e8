-- The calls that took longest
-- most: (optional) how many of them, 20 unless given
SELECT latency_nanos / 1000 AS micros, log_time, host, device, holder, what,
  coalesce(errno, 'done') AS outcome, event_id
FROM events
WHERE latency_nanos IS NOT NULL
ORDER BY latency_nanos DESC, host, log_offset
LIMIT coalesce(CAST(getvariable('most') AS INTEGER), 20)
