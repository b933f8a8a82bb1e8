-- Which vectors had a Linux irq of a host, from when to when
-- host: the host
-- irq: the Linux irq
SELECT from_time, to_time, device, vector, phase, holder, from_event, to_event
FROM spans
WHERE host = getvariable('host') AND irq = CAST(getvariable('irq') AS INTEGER)
ORDER BY from_offset
