-- What each VM or process holds now, over all its devices of a host
SELECT d.host, e.holder, count(*) AS devices, sum(d.armed) AS armed, sum(d.cached) AS cached,
  sum(d.reserved) AS reserved, sum(d.armed + d.cached + d.reserved) AS allocated
FROM devices d
LEFT JOIN events e USING (log_partition, log_offset)
GROUP BY d.host, e.holder
HAVING allocated > 0
ORDER BY allocated DESC, d.host, e.holder
