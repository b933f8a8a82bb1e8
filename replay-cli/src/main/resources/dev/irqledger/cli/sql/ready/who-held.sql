-- Who held a vector, in which phase, from when to when
-- device: the device, such as hv-1/0000:01:00.0
-- vector: the vector, 0 to 2047
-- from: (optional) only what lasted after that log time, such as 2026-11-17T00:00:00Z
-- to: (optional) only what began before that log time
SELECT from_time, to_time, phase, irq, holder, from_event, to_event
FROM spans
WHERE host || '/' || device = getvariable('device')
  AND vector = CAST(getvariable('vector') AS INTEGER)
  AND coalesce(to_time > CAST(getvariable('from') AS TIMESTAMPTZ), true)
  AND coalesce(from_time < CAST(getvariable('to') AS TIMESTAMPTZ), true)
ORDER BY from_offset
