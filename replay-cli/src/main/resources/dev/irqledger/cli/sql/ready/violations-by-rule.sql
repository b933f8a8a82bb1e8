-- Broken rules: how often, where, since when
SELECT rule, host, count(*) AS violations, count(DISTINCT device) AS devices,
  min(log_time) AS first, max(log_time) AS last
FROM violations
GROUP BY rule, host
ORDER BY violations DESC, rule, host
