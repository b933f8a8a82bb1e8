-- Devices whose MSI or MSI-X was disabled and enabled again while they were open
SELECT host, device, count(*) FILTER (off) AS disabled, count(*) FILTER (again) AS enabled_again,
  sum(freed) FILTER (off) AS irqs_freed_by_it
FROM (
  SELECT host, device, mode = 'none' AND was <> 'none' AS off,
    was = 'none' AND mode IN ('msi', 'msix') AND ever AS again,
    -(armed_change + cached_change + reserved_change) AS freed
  FROM (
    SELECT *, lag(mode, 1, 'none') OVER of_device AS was,
      coalesce(bool_or(mode IN ('msi', 'msix')) OVER (
        of_device ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), false) AS ever
    FROM events
    WINDOW of_device AS (PARTITION BY host, device ORDER BY log_offset)
  )
  WHERE type = 'InterruptsSet'
)
GROUP BY host, device
HAVING enabled_again > 0
ORDER BY enabled_again DESC, host, device
