-- Each broken rule with its evidence and who acted
SELECT v.log_time, v.host, v.device, v.rule, v.vectors, v.expected, v.reported, e.holder, e.what,
  v.event_id
FROM violations v
JOIN events e USING (log_partition, log_offset)
ORDER BY v.host, v.log_offset, v.rule
