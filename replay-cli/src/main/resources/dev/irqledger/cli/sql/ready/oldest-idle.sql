-- The vectors that have kept an irq without a trigger for the longest time
-- most: (optional) how many of them, 20 unless given
SELECT host, device, vector, phase, irq, since,
  max(since) OVER (PARTITION BY host) - since AS idle_for_at_least
FROM vectors
WHERE phase IN ('CACHED', 'RESERVED')
ORDER BY since NULLS LAST, host, device, vector
LIMIT coalesce(CAST(getvariable('most') AS INTEGER), 20)
