-- Each time in which a vector held an irq: from which event to which, in which phase, for whom
-- host: the host
-- device: the device's PCI address on that host
-- vector: the vector
-- phase: RESERVED, ARMED or CACHED
-- irq: its Linux irq; null where not known
-- trigger: its eventfd; null where none, or the number was not seen
-- dynamic: whether its irq was allocated after the mode was enabled
-- holder: as in events, at its begin
-- from_time: log time of the event that began it
-- to_time: log time of the event that ended it; null where none did
-- from_host_time: the same by the host's clock
-- to_host_time: the same by the host's clock
-- from_event: the event that began it; null where a pruned log begins
-- to_event: the event that ended it
-- log_partition: where these events are
-- from_offset: where the event is that began it
-- to_offset: where the event is that ended it
SELECT host, device, vector, phase, irq, trigger, dynamic, holder,
  from_time, to_time, from_host_time, to_host_time, from_event, to_event,
  log_partition, from_offset, to_offset
FROM (
  SELECT host, device, vector, phase_after AS phase, irq_after AS irq, trigger_after AS trigger,
    dynamic, holder, log_partition,
    log_time AS from_time, lead(log_time) OVER later AS to_time,
    host_time AS from_host_time, lead(host_time) OVER later AS to_host_time,
    event_id AS from_event, lead(event_id) OVER later AS to_event,
    log_offset AS from_offset, lead(log_offset) OVER later AS to_offset
  FROM changes
  WHERE vector IS NOT NULL
  WINDOW later AS (PARTITION BY host, device, vector ORDER BY log_offset, ordinal)
)
WHERE phase <> 'FREE'
