-- Devices whose state is not certain now, and since when
SELECT host, device, uncertain, uncertain_since, epoch, sequence, log_time AS last_event
FROM devices
WHERE uncertain IS NOT NULL
ORDER BY uncertain_since NULLS FIRST, host, device
