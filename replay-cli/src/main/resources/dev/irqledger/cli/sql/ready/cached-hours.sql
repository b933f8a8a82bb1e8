-- How many hours irqs stood armed, cached and reserved, by device: what keeping them cost
WITH ends AS (SELECT host, max(log_time) AS last_time FROM events GROUP BY host)
SELECT s.host, s.device,
  round(sum(hours) FILTER (phase = 'ARMED'), 3) AS armed_hours,
  round(sum(hours) FILTER (phase = 'CACHED'), 3) AS cached_hours,
  round(sum(hours) FILTER (phase = 'RESERVED'), 3) AS reserved_hours
FROM (
  SELECT *, epoch(coalesce(to_time, last_time) - from_time) / 3600 AS hours
  FROM spans JOIN ends USING (host)
) s
GROUP BY s.host, s.device
ORDER BY coalesce(cached_hours, 0) + coalesce(reserved_hours, 0) DESC, s.host, s.device
