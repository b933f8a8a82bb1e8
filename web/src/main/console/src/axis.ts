/** A count on the axis: whole, and short. */
export function countText(count: number): string {
  if (!Number.isInteger(count)) return '';
  return count >= 10_000 ? `${count / 1000}k` : String(count);
}

/** A moment on the axis: as exact as its neighbours need. */
export function tickText(seconds: number, step: number): string {
  const iso = new Date(seconds * 1000).toISOString();
  return step < 1 ? iso.slice(14, 23) : step < 60 ? iso.slice(11, 19) : step < 86_400 ? iso.slice(11, 16) : iso.slice(0, 10);
}
