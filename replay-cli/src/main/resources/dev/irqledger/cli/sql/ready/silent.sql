-- Open devices without an event for the longest time, against the last event of their host
SELECT host, device, mode, armed, cached, reserved, log_time AS last_event,
  max(log_time) OVER (PARTITION BY host) - log_time AS silent_for
FROM devices
WHERE open
ORDER BY silent_for DESC, host, device
