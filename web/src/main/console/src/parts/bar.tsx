import type { Room } from '../api';
import { free, fullness, NEAR } from '../fleet';
import { number } from '../words';

interface Part { name: string; value: number }

/** A pool: what is held of it by phase, what the host's own drivers hold, and what is free. */
export function PoolBar({ name, room, parts, most, compact = false }: { name: string; room: Room; parts: Part[]; most: number; compact?: boolean }) {
  const whole = Math.max(1, room.size ?? Math.max(most, room.inUse));
  const full = fullness(room);
  const left = free(room);
  const shown = [...parts, { name: 'host', value: room.usedByHost ?? 0 }].filter((part) => part.value > 0);
  const held = room.inUse + (room.usedByHost ?? 0);
  const words = [
    ...shown.map((part) => `${number(part.value)} ${part.name === 'host' ? "by the host's own drivers" : part.name}`),
    left === null ? 'size not known' : `${number(left)} free of ${number(room.size ?? 0)}`,
  ].join(', ');
  let x = 0;
  return (
    <div class={`pool${compact ? ' compact' : ''}${full !== null && full >= NEAR ? ' near' : ''}`}>
      <svg class={`bar${room.size === null ? ' open-ended' : ''}`} viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label={`${name}: ${words}`}>
        <title>{`${name}: ${words}`}</title>
        <rect class="free" width="1000" height="10" />
        {shown.map((part) => {
          const width = Math.max(3, (part.value / whole) * 1000);
          const rect = <rect class={part.name} key={part.name} x={x} width={width} height="10" />;
          x += width;
          return rect;
        })}
      </svg>
      <span class="figure"><b>{number(held)}</b><span class="of"> / {room.size === null ? '?' : number(room.size)}</span></span>
      {!compact && <span class="left">{left === null ? 'size not known' : `${number(left)} free`}</span>}
    </div>
  );
}
