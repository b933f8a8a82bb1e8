-- When each host held the most irqs, and when the most CPU vectors
SELECT host, max(allocated) AS most_irqs, arg_max(log_time, allocated) AS irqs_at,
  arg_max(cached + reserved, allocated) AS idle_of_them,
  max(armed) AS most_armed, arg_max(log_time, armed) AS armed_at
FROM levels
GROUP BY host
ORDER BY most_irqs DESC, host
