-- Which kernels, drivers and kinds of device there are
SELECT kernel, dynamic_msix, driver, pci_id, msix_vectors, count(*) AS devices,
  count(DISTINCT host) AS hosts
FROM devices
GROUP BY ALL
ORDER BY devices DESC, kernel, pci_id
