-- Calls that failed, by what they returned and who made them
SELECT errno, call_index, host, holder, count(*) AS calls, min(log_time) AS first,
  max(log_time) AS last
FROM events
WHERE result < 0
GROUP BY errno, call_index, host, holder
ORDER BY calls DESC, errno, host, holder
