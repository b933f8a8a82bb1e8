import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { countText, tickText } from '../axis';

export interface Line { label: string; colour: string; values: (number | null)[]; dash?: number[]; width?: number; fill?: string }

/**
 * Lines over time. The colours are names of the style sheet's variables, so that they follow light
 * and dark.
 *
 * @param now where the point looked at is, in seconds; null for nowhere
 * @param label what the lines tell, for those who cannot see them
 */
export function Chart({ seconds, lines, now, label, height = 150, onPick }: {
  seconds: number[]; lines: Line[]; now: number | null; label: string; height?: number; onPick?: (seconds: number) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const point = useRef(now);
  point.current = now;
  const pick = useRef(onPick);
  pick.current = onPick;
  const shape = lines.map((line) => `${line.label}${line.colour}`).join('|');

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const make = () => {
      plot.current?.destroy();
      plot.current = new uPlot(options(element, lines, height, point, pick), data(seconds, lines), element);
    };
    make();
    const resized = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height }));
    resized.observe(element);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', make);
    return () => {
      resized.disconnect();
      scheme.removeEventListener('change', make);
      plot.current?.destroy();
      plot.current = null;
    };
  }, [shape, height]);
  useEffect(() => plot.current?.setData(data(seconds, lines)), [seconds, lines]);
  useEffect(() => plot.current?.redraw(false), [now]);
  return (
    <figure class="chart">
      <div ref={box} role="img" aria-label={label} />
      <figcaption>
        {lines.map((line) => (
          <span class="key" key={line.label}>
            <svg width="18" height="8" aria-hidden="true">
              <line class={`stroke-${line.colour}`} x1="0" y1="4" x2="18" y2="4" stroke-width="2" stroke-dasharray={line.dash?.map((d) => d / 1.5).join(' ')} />
            </svg>
            {line.label}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

function data(seconds: number[], lines: Line[]): uPlot.AlignedData {
  return [seconds, ...lines.map((line) => line.values)];
}

function options(
  element: HTMLElement, lines: Line[], height: number, point: { current: number | null },
  pick: { current: ((seconds: number) => void) | undefined },
): uPlot.Options {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const axis = { stroke: colour('muted'), grid: { stroke: colour('line'), width: 1 }, ticks: { show: false }, font: '11px system-ui, sans-serif' };
  return {
    width: Math.max(200, element.clientWidth),
    height,
    padding: [10, 10, 0, 0],
    legend: { show: false },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    cursor: { y: false, points: { size: 5 }, drag: { x: false, y: false } },
    scales: { x: { time: true }, y: { range: (_, __, max) => [0, Math.max(4, max * 1.08)] } },
    axes: [
      { ...axis, size: 24, space: 90, values: (_, ticks, __, ___, step) => ticks.map((tick) => tickText(tick, step)) },
      { ...axis, size: 44, space: 28, values: (_, ticks) => ticks.map(countText) },
    ],
    series: [
      {},
      ...lines.map((line): uPlot.Series => ({
        label: line.label, stroke: colour(line.colour), width: line.width ?? 1.5, points: { show: false },
        paths: uPlot.paths.stepped?.({ align: 1 }) ?? (() => null),
        ...(line.dash === undefined ? {} : { dash: line.dash }),
      })),
    ],
    hooks: {
      draw: [(u) => {
        if (point.current === null) return;
        const x = Math.round(u.valToPos(point.current, 'x', true));
        if (x < u.bbox.left || x > u.bbox.left + u.bbox.width) return;
        u.ctx.save();
        u.ctx.fillStyle = colour('accent');
        u.ctx.fillRect(x - devicePixelRatio, u.bbox.top, 2 * devicePixelRatio, u.bbox.height);
        u.ctx.restore();
      }],
      ready: [(u) => u.over.addEventListener('click', () => {
        const { left } = u.cursor;
        if (left !== undefined && left >= 0) pick.current?.(u.posToVal(left, 'x'));
      })],
    },
  };
}
