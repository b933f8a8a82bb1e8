-- Each call that failed for lack of vectors, and what the host held at that moment
SELECT e.log_time, e.host, e.device, e.holder, e.what, l.armed AS host_armed,
  l.cached AS host_cached, l.reserved AS host_reserved, e.event_id
FROM events e
JOIN levels l USING (host, log_partition, log_offset)
WHERE e.errno = 'ENOSPC'
ORDER BY e.host, e.log_offset
