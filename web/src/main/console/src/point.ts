/** Points of the log, as the API and the command line write them. */

export type Offsets = ReadonlyMap<number, number>;

/** The last record of each partition; null where the text is no point of offsets. */
export function offsets(point: string): Offsets | null {
  if (!point.startsWith('offset:')) return null;
  const last = new Map<number, number>();
  for (const part of point.slice('offset:'.length).split(',').filter((text) => text !== '')) {
    const found = /^(\d+)@(-1|\d+)$/.exec(part);
    if (found === null) return null;
    last.set(Number(found[1]), Number(found[2]));
  }
  return last;
}

/** Writes what {@link offsets} reads. */
export function text(point: Offsets): string {
  const parts = [...point].sort(([a], [b]) => a - b).map(([partition, offset]) => `${partition}@${offset}`);
  return `offset:${parts.join(',')}`;
}

/** Whether what one record made is in a state at a point. */
export function reflects(point: Offsets, record: string): boolean {
  const own = offsets(record);
  if (own === null) return false;
  return [...own].every(([partition, offset]) => offset <= (point.get(partition) ?? -1));
}

/** A moment of the broker's clock as a point. */
export function atTime(millis: number): string {
  return `time:${new Date(Math.round(millis)).toISOString()}`;
}
