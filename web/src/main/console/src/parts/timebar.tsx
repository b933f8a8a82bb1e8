import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { ask, type Timeline } from '../api';
import { useAnswer, useNow } from '../answers';
import { about } from '../ledger';
import { atTime } from '../point';
import { go, route } from '../route';
import { compare, isPast, mark, present, resolve, said, shown, step, visitTime } from '../time';
import { density, moment, notes, share, zoom, type Span } from '../track';
import { duration, time } from '../words';

const HEIGHT = 26;

/** The log as a track with a handle: drag it, or step, and every view shows the state at that point. */
export function TimeBar() {
  const { host, device, at, a, b } = route.value;
  const window = useSignal<Span | null>(null);
  const dragged = useSignal<number | null>(null);
  const track = useRef<HTMLDivElement>(null);
  const now = useNow(host, 1500);
  const of = `${host ?? ''}/${device ?? ''}`;
  const zoomed = window.value;
  const known = useAnswer<Timeline>(`timeline ${of}`, `${of} ${now} ${zoomed?.from} ${zoomed?.to}`, (signal) =>
    ask('/v1/timeline', {
      host, device, parts: 300,
      from: zoomed === null ? null : new Date(zoomed.from).toISOString(),
      to: zoomed === null ? null : new Date(zoomed.to).toISOString(),
    }, signal));
  const timeline = known.data;
  const whole = timeline === null || timeline.first === null ? null : { from: Date.parse(timeline.first), to: Date.parse(timeline.last ?? timeline.first) };
  const span = zoomed ?? whole;
  const shownAt = dragged.value ?? (at === null ? whole?.to ?? null : shown.value?.logTime ? Date.parse(shown.value.logTime) : whole?.from ?? null);
  const marks = useMarks(a, b);

  const to = (x: number): number | null => {
    const box = track.current?.getBoundingClientRect();
    return span === null || box === undefined ? null : moment(span, (x - box.left) / box.width);
  };
  const drag = (x: number) => {
    const millis = to(x);
    if (millis === null) return;
    dragged.value = millis;
    go({ at: atTime(millis) }, true);
  };
  const drop = async () => {
    if (dragged.value === null) return;
    const point = atTime(dragged.value);
    dragged.value = null;
    try {
      const resolved = await resolve(point);
      if (route.value.at === point) go({ at: resolved.point }, true);
    } catch {
      // The point stays as a time, which names it as well.
    }
  };
  const widen = (factor: number, at01: number) => {
    if (whole === null || span === null) return;
    const next = zoom(whole, span, at01, factor);
    window.value = next.from <= whole.from && next.to >= whole.to ? null : next;
  };
  useWheel(track, (e) => {
    const box = track.current?.getBoundingClientRect();
    if (box !== undefined) widen(e.deltaY > 0 ? 1.4 : 1 / 1.4, (e.clientX - box.left) / box.width);
  });

  const live = about.value?.live ?? false;
  const percent = span === null || shownAt === null ? 100 : share(span, shownAt) * 100;
  const valueText = at === null ? (live ? 'the present' : 'the end of the archive') : `${time(shownAt === null ? null : new Date(shownAt).toISOString())} log time`;
  return (
    <section class={`timebar${isPast.value ? ' past' : ''}`} aria-label="Time">
      <div class="controls">
        <div class="steps" role="group" aria-label="Steps">
          <Step label="Previous finding" keys="P" onClick={() => step('FINDING', 'PREVIOUS')}>◂◂ finding</Step>
          <Step label="Previous change" keys="Shift ←" onClick={() => step('CHANGE', 'PREVIOUS')}>◂ change</Step>
          <Step label="Previous event" keys="←" onClick={() => step('EVENT', 'PREVIOUS')}>◂ event</Step>
          <Step label="Next event" keys="→" onClick={() => step('EVENT', 'NEXT')}>event ▸</Step>
          <Step label="Next change" keys="Shift →" onClick={() => step('CHANGE', 'NEXT')}>change ▸</Step>
          <Step label="Next finding" keys="N" onClick={() => step('FINDING', 'NEXT')}>finding ▸▸</Step>
        </div>
        <div class="steps" role="group" aria-label="Marks">
          <button type="button" class={a === null ? '' : 'set'} title="Mark this point as A (key A)" onClick={() => void mark('a')}>mark A</button>
          <button type="button" class={b === null ? '' : 'set'} title="Mark this point as B (key B)" onClick={() => void mark('b')}>mark B</button>
          <button type="button" disabled={a === null || b === null} aria-pressed={route.value.diff} title="What differs between A and B (key D)" onClick={compare}>A ⇄ B</button>
        </div>
        <output class="reading" title="Everything shown is as of this point">
          <span class="mono">{at === null && live ? 'now' : time(shownAt === null ? null : new Date(shownAt).toISOString())}</span>
        </output>
        <button type="button" class={`live${isPast.value ? '' : ' on'}`} aria-pressed={!isPast.value} onClick={present} title="Key L">{live ? 'Live' : 'End'}</button>
      </div>
      <div class="lane">
        <div
          ref={track} class="track" role="slider" tabIndex={0} aria-label="Point of the log" aria-orientation="horizontal"
          aria-valuemin={0} aria-valuemax={1000} aria-valuenow={Math.round(Math.min(100, Math.max(0, percent)) * 10)} aria-valuetext={valueText}
          onPointerDown={(e) => {
            if (e.button !== 0 || span === null) return;
            e.currentTarget.setPointerCapture(e.pointerId);
            drag(e.clientX);
          }}
          onPointerMove={(e) => { if (dragged.value !== null) drag(e.clientX); }}
          onPointerUp={() => void drop()} onPointerCancel={() => void drop()}
          onKeyDown={(e) => {
            if (e.key === 'Home' && whole !== null) { void visitTime(whole.from); e.preventDefault(); }
            else if (e.key === 'End') { present(); e.preventDefault(); }
            else if (e.key === '+' || e.key === '=') widen(0.5, percent / 100);
            else if (e.key === '-') widen(2, percent / 100);
          }}
        >
          {timeline !== null && span !== null && (
            <svg viewBox={`0 0 1000 ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
              <path class="density" d={density(timeline, span, HEIGHT - 4)} transform="translate(0 4)" />
              {notes(timeline, span).map((x) => <rect class="note" key={x} x={Math.min(x, 997)} y="0" width="2.5" height={HEIGHT} />)}
            </svg>
          )}
          {span !== null && marks.map(({ name, millis }) => {
            const x = share(span, millis) * 100;
            return x < 0 || x > 100 ? null : <span class="mark" key={name} style={{ left: `${x}%` }} aria-hidden="true">{name}</span>;
          })}
          {percent >= 0 && percent <= 100 && <span class="handle" style={{ left: `${percent}%` }} aria-hidden="true" />}
        </div>
        <div class="range">
          <span>{span === null ? '' : time(new Date(span.from).toISOString())}</span>
          <span class="hint" title="Bars: events. Red: a rule broken, or a call that found a pool empty.">
            {timeline === null
              ? (known.problem?.message ?? 'reading the log …')
              : span === null ? 'no events yet' : `${duration(span.to - span.from)}${timeline.whole ? '' : ', older events are not kept in memory'}`}
          </span>
          <span class="zoom" role="group" aria-label="Zoom">
            <button type="button" class="quiet" aria-label="Zoom in" onClick={() => widen(0.5, percent / 100)}>+</button>
            <button type="button" class="quiet" aria-label="Zoom out" onClick={() => widen(2, percent / 100)}>−</button>
            {zoomed !== null && <button type="button" class="quiet" onClick={() => { window.value = null; }}>all</button>}
          </span>
          <span>{span === null ? '' : time(new Date(span.to).toISOString())}</span>
        </div>
      </div>
      <p class="said" role="status" aria-live="polite">{said.value}</p>
    </section>
  );
}

function Step({ label, keys, onClick, children }: { label: string; keys: string; onClick: () => void; children: string }) {
  return <button type="button" aria-label={label} title={`${label} (${keys})`} onClick={onClick}>{children}</button>;
}

const times = new Map<string, number>();

/** Where the marks are: their points do not say when they were. */
function useMarks(a: string | null, b: string | null): { name: string; millis: number }[] {
  const known = useSignal(0);
  useEffect(() => {
    for (const point of [a, b]) {
      if (point !== null && !times.has(point)) {
        resolve(point).then((position) => {
          times.set(point, position.logTime === null ? 0 : Date.parse(position.logTime));
          known.value++;
        }).catch(() => { /* A mark that cannot be resolved is not drawn. */ });
      }
    }
  }, [a, b]);
  void known.value;
  return [['A', a], ['B', b]].flatMap(([name, point]) => {
    const millis = point === null ? undefined : times.get(point as string);
    return millis === undefined ? [] : [{ name: name as string, millis }];
  });
}

function useWheel(element: { current: HTMLElement | null }, turned: (e: WheelEvent) => void): void {
  const latest = useRef(turned);
  latest.current = turned;
  useEffect(() => {
    const listener = (e: WheelEvent) => {
      e.preventDefault();
      latest.current(e);
    };
    const target = element.current;
    target?.addEventListener('wheel', listener, { passive: false });
    return () => target?.removeEventListener('wheel', listener);
  }, []);
}
