import type { Phase, Vector } from './api';

/** The vector map as shapes: one path for each phase, however many vectors there are. */

export interface Grid { columns: number; rows: number; cell: number; paths: Record<Phase, string> }

/** How many vectors a device's map shows: whole rows, all that are allocated, and one row beyond. */
export function shown(vectors: readonly Vector[], columns: number, most = 2048): number {
  const last = vectors.at(-1)?.vector ?? -1;
  return Math.min(most, (Math.floor(last / columns) + 2) * columns);
}

/** Colour alone tells nothing: armed is a full square, cached a ring, reserved a triangle, free a dot. */
export function grid(vectors: readonly Vector[], count: number, columns: number, cell: number): Grid {
  const paths: Record<Phase, string[]> = { ARMED: [], CACHED: [], RESERVED: [], FREE: [] };
  const phases = new Map(vectors.map((vector) => [vector.vector, vector.phase]));
  for (let n = 0; n < count; n++) {
    const phase = phases.get(n) ?? 'FREE';
    paths[phase].push(shape(phase, (n % columns) * cell, Math.floor(n / columns) * cell, cell));
  }
  const join = (phase: Phase) => paths[phase].join('');
  return {
    columns,
    rows: Math.ceil(count / columns),
    cell,
    paths: { ARMED: join('ARMED'), CACHED: join('CACHED'), RESERVED: join('RESERVED'), FREE: join('FREE') },
  };
}

export function shape(phase: Phase, x: number, y: number, cell: number): string {
  const gap = cell * 0.14;
  const size = cell - 2 * gap;
  const middle = { x: x + cell / 2, y: y + cell / 2 };
  switch (phase) {
    case 'ARMED':
      return `M${r(x + gap)} ${r(y + gap)}h${r(size)}v${r(size)}h${r(-size)}z`;
    case 'CACHED':
      return ring(middle.x, middle.y, size / 2, size / 4.4);
    case 'RESERVED':
      return `M${r(middle.x)} ${r(y + gap)}L${r(x + cell - gap)} ${r(y + cell - gap)}H${r(x + gap)}z`;
    case 'FREE':
      return circle(middle.x, middle.y, Math.max(0.8, cell * 0.08));
  }
}

function ring(x: number, y: number, outer: number, inner: number): string {
  return circle(x, y, outer) + circle(x, y, inner);
}

function circle(x: number, y: number, radius: number): string {
  const d = r(radius);
  return `M${r(x - radius)} ${r(y)}a${d} ${d} 0 1 0 ${r(2 * radius)} 0a${d} ${d} 0 1 0 ${r(-2 * radius)} 0z`;
}

const r = (value: number): number => Math.round(value * 100) / 100;

/** Where a key leads from a vector; the same vector where it leads nowhere. */
export function move(from: number, key: string, columns: number, count: number): number {
  const to =
    key === 'ArrowLeft' ? from - 1
    : key === 'ArrowRight' ? from + 1
    : key === 'ArrowUp' ? from - columns
    : key === 'ArrowDown' ? from + columns
    : key === 'Home' ? from - (from % columns)
    : key === 'End' ? from - (from % columns) + columns - 1
    : key === 'PageUp' ? from - 8 * columns
    : key === 'PageDown' ? from + 8 * columns
    : from;
  return to < 0 || to >= count ? (key.startsWith('Page') ? Math.min(count - 1, Math.max(0, to)) : from) : to;
}
