-- Who took vectors in the time before a call failed for lack of them
-- minutes: (optional) how long before, 60 unless given
SELECT f.log_time AS failed_at, f.host, f.device AS failed_device, e.device, e.holder,
  sum(e.armed_change) AS armed_more,
  sum(e.armed_change + e.cached_change + e.reserved_change) AS irqs_more,
  count(*) AS events
FROM events f
JOIN events e ON e.host = f.host AND e.log_offset < f.log_offset
  AND e.log_time >= f.log_time
    - to_minutes(coalesce(CAST(getvariable('minutes') AS INTEGER), 60))
WHERE f.errno = 'ENOSPC'
GROUP BY f.log_time, f.log_offset, f.host, f.device, e.device, e.holder
HAVING sum(e.armed_change) > 0
  OR sum(e.armed_change + e.cached_change + e.reserved_change) > 0
ORDER BY f.host, f.log_offset, irqs_more DESC, armed_more DESC, e.device
