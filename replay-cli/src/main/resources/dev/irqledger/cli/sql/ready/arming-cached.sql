-- How often an irq that was kept was used again, and how often it was kept for nothing
SELECT host, device,
  count(*) FILTER (phase_before = 'CACHED' AND phase_after = 'ARMED') AS used_again,
  count(*) FILTER (phase_before = 'CACHED' AND phase_after = 'FREE') AS kept_for_nothing,
  count(*) FILTER (phase_before = 'RESERVED' AND phase_after = 'ARMED') AS reserved_then_used,
  count(*) FILTER (phase_before = 'RESERVED' AND phase_after = 'FREE') AS reserved_for_nothing
FROM changes
WHERE change = 'VECTOR'
GROUP BY host, device
HAVING used_again + kept_for_nothing + reserved_then_used + reserved_for_nothing > 0
ORDER BY kept_for_nothing + reserved_for_nothing DESC, host, device
