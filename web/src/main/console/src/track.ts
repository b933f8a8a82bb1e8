import type { Timeline } from './api';

/** The track of the scrubber: where on it a moment is, and what lies under it. */

export interface Span { from: number; to: number }

/** Where a moment is on the track, from 0 to 1; beyond where it is not on it. */
export function share(span: Span, millis: number): number {
  return span.to === span.from ? 1 : (millis - span.from) / (span.to - span.from);
}

export function moment(span: Span, at: number): number {
  return Math.round(span.from + Math.min(1, Math.max(0, at)) * (span.to - span.from));
}

/** A part of a span around a moment that stays where it is; never less than twenty milliseconds, never beyond the whole. */
export function zoom(whole: Span, now: Span, at: number, factor: number): Span {
  const width = Math.min(whole.to - whole.from, Math.max(20, (now.to - now.from) * factor));
  const fixed = now.from + at * (now.to - now.from);
  const from = Math.min(Math.max(whole.from, fixed - at * width), whole.to - width);
  return { from: Math.round(from), to: Math.round(from + width) };
}

/** How many events each part has, as one path; a root scale, so that a few are seen beside many. */
export function density(timeline: Timeline, span: Span, height: number): string {
  const most = Math.sqrt(Math.max(1, ...timeline.events));
  const bar = (count: number) => (count === 0 ? 0 : Math.max(2, (Math.sqrt(count) / most) * height));
  return parts(timeline, span, timeline.events)
    .map(({ x, width, count }) => `M${x} ${height}v${-round(bar(count))}h${width}v${round(bar(count))}z`)
    .join('');
}

/** The parts that have findings: where each begins, of a thousand. */
export function notes(timeline: Timeline, span: Span): number[] {
  return parts(timeline, span, timeline.findings).map(({ x, width }) => round(x + width / 2));
}

function parts(timeline: Timeline, span: Span, counts: number[]): { x: number; width: number; count: number }[] {
  const begin = Date.parse(timeline.from);
  const found: { x: number; width: number; count: number }[] = [];
  counts.forEach((count, i) => {
    if (count === 0) return;
    const from = share(span, begin + i * timeline.partMillis);
    const to = share(span, begin + (i + 1) * timeline.partMillis);
    const x = round(Math.max(0, from) * 1000);
    const width = round(Math.max(2, (Math.min(1, to) - Math.max(0, from)) * 1000));
    if (from <= 1 && to >= 0) found.push({ x: Math.min(x, 998), width, count });
  });
  return found;
}

const round = (value: number): number => Math.round(value * 10) / 10;
