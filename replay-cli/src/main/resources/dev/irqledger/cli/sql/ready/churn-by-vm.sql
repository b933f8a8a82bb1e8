-- How often each VM or process arms, clears, allocates and frees vectors
SELECT e.host, e.holder,
  count(*) FILTER (c.phase_after = 'ARMED' AND c.phase_before <> 'ARMED') AS armed,
  count(*) FILTER (c.phase_after = 'CACHED') AS cleared,
  count(*) FILTER (c.phase_before = 'FREE') AS allocated,
  count(*) FILTER (c.phase_after = 'FREE') AS freed,
  count(DISTINCT e.event_id) AS events
FROM changes c
JOIN events e USING (log_partition, log_offset)
WHERE c.change = 'VECTOR'
GROUP BY e.host, e.holder
ORDER BY count(*) DESC, e.host, e.holder
