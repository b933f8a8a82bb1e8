-- What came of each request to an agent
SELECT log_time, host, device, what, coalesce(errno, cause, 'done') AS outcome, command_id,
  event_id
FROM events
WHERE command_id IS NOT NULL
ORDER BY host, log_offset
