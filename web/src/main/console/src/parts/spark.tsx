import { useEffect, useState } from 'preact/hooks';
import { ask, type Timeline } from '../api';

/** Small lines in long lists: a few are asked for at a time, and what was known stays for a while. */
const known = new Map<string, { of: string; peak: number[] }>();
const MOST = 2000;
const AT_ONCE = 3;
let asking = 0;
const waiting: (() => void)[] = [];

async function place<T>(work: () => Promise<T>): Promise<T> {
  if (asking >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  asking++;
  try {
    return await work();
  } finally {
    asking--;
    waiting.shift()?.();
  }
}

/**
 * What a host's devices held over time.
 *
 * @param of asked anew where this changes
 */
export function Spark({ host, of }: { host: string; of: string }) {
  const [peak, setPeak] = useState<number[]>(known.get(host)?.peak ?? []);
  useEffect(() => {
    const kept = known.get(host);
    if (kept !== undefined && kept.of === of) {
      setPeak(kept.peak);
      return;
    }
    const ending = new AbortController();
    place(async () => {
      if (ending.signal.aborted) return;
      const line = await ask<Timeline>('/v1/timeline', { host, parts: 48 }, ending.signal);
      if (known.size >= MOST) known.delete(known.keys().next().value as string);
      known.set(host, { of, peak: line.peak });
      setPeak(line.peak);
    }).catch(() => { /* The row is told of by its numbers; the next change asks again. */ });
    return () => ending.abort();
  }, [host, of]);
  const most = Math.max(1, ...peak);
  const points = peak.map((value, i) => `${(i / Math.max(1, peak.length - 1)) * 96 + 2},${18 - (value / most) * 15}`);
  return (
    <svg class="spark" viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true">
      {points.length > 1 && <polyline points={points.join(' ')} />}
    </svg>
  );
}
