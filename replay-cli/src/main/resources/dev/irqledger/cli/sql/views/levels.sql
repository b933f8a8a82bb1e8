-- What all passthrough devices of a host held after each event
-- host: the host
-- log_partition: where the event is in the log
-- log_offset: where the event is in its partition
-- log_time: when the broker appended it
-- host_time: the host's clock; null where not known
-- event_id: the event; null where a pruned log begins
-- device: whose event it is
-- armed: armed vectors on the host after it: they hold CPU vectors
-- cached: cached vectors on the host after it
-- reserved: reserved vectors on the host after it
-- allocated: the three together: they hold interrupt-remapping entries
SELECT host, log_partition, log_offset, log_time, host_time, event_id, device,
  CAST(sum(a) OVER so_far AS BIGINT) AS armed, CAST(sum(c) OVER so_far AS BIGINT) AS cached,
  CAST(sum(r) OVER so_far AS BIGINT) AS reserved,
  CAST(sum(a + c + r) OVER so_far AS BIGINT) AS allocated
FROM (
  SELECT host, log_partition, log_offset, log_time, host_time, event_id, device,
    armed_change AS a, cached_change AS c, reserved_change AS r
  FROM events
  UNION ALL
  SELECT host, log_partition, log_offset, log_time, host_time, NULL, device,
    count(*) FILTER (phase_after = 'ARMED'), count(*) FILTER (phase_after = 'CACHED'),
    count(*) FILTER (phase_after = 'RESERVED')
  FROM changes WHERE change = 'BEGAN'
  GROUP BY ALL
)
WINDOW so_far AS (PARTITION BY host ORDER BY log_offset)
