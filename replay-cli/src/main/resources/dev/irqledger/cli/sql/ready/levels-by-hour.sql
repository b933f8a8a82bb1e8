-- The highest levels of each host by the hour
SELECT host, date_trunc('hour', log_time) AS hour, max(armed) AS armed, max(cached) AS cached,
  max(reserved) AS reserved, max(allocated) AS allocated
FROM levels
GROUP BY host, hour
ORDER BY host, hour
