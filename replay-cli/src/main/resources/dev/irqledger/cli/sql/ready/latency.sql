-- How long calls take, by what they do, in microseconds
SELECT regexp_extract(what, '^(\w+ \w+|\w+)') AS call, coalesce(errno, 'done') AS outcome,
  count(*) AS calls, median(latency_nanos) / 1000 AS median,
  quantile_cont(latency_nanos, 0.99) / 1000 AS p99, max(latency_nanos) / 1000 AS most
FROM events
WHERE latency_nanos IS NOT NULL
GROUP BY call, outcome
ORDER BY calls DESC, call, outcome
