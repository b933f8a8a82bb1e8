-- Which devices keep the most irqs without a trigger now
SELECT host, device, mode, cached, reserved, cached + reserved AS idle,
  round(100.0 * (cached + reserved) / (armed + cached + reserved), 1) AS percent_of_its_irqs
FROM devices
WHERE cached + reserved > 0
ORDER BY idle DESC, host, device
