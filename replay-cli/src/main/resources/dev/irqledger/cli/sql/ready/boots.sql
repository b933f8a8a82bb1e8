-- Boots and agents of each host, and how many events each saw
SELECT host, boot_id, epoch, min(log_time) AS first, max(log_time) AS last, count(*) AS events,
  count(DISTINCT device) AS devices
FROM events
GROUP BY host, boot_id, epoch
ORDER BY host, min(log_offset)
