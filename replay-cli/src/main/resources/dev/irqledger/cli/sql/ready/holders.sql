-- Who holds the most irqs now, by device
SELECT d.host, d.device, e.holder, d.mode, d.armed, d.cached, d.reserved,
  d.armed + d.cached + d.reserved AS allocated, d.log_time AS last_event
FROM devices d
LEFT JOIN events e USING (log_partition, log_offset)
WHERE d.armed + d.cached + d.reserved > 0
ORDER BY allocated DESC, d.host, d.device
