import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { ask, devicePath, type DeviceState, type FoldedEvent, type History, type Vector } from '../api';
import { useAnswer, useNow } from '../answers';
import { grid, move, shown as shownCount } from '../grid';
import { offsets, reflects } from '../point';
import { place, route } from '../route';
import { asOf, visit, type AsOf } from '../time';
import { changedVectors, changeWords, duration, eventWords, number, plural, time, who } from '../words';
import { Answered, Empty, Panel, PHASES, phaseName, Sign, Tally } from '../parts/basics';
import { FindingList, found } from '../parts/findings';

const EVENTS = 500;

export function DeviceView({ host, device }: { host: string; device: string }) {
  const { at } = route.value;
  const now = useNow(host, 300);
  const path = devicePath(host, device);
  const state = useAnswer<DeviceState & AsOf>(`device ${path}`, `${at} ${at === null ? now : ''}`, async (signal) => ({
    ...(await ask<DeviceState>(path, { at, pageSize: 2048 }, signal)), at,
  }));
  const history = useAnswer<History>(`history ${path}`, `${now}`, (signal) => ask(`${path}/history`, { last: EVENTS }, signal));
  return (
    <Answered known={state} what={`device ${device} of ${host}`}>{(data) => {
      const point = offsets(data.position.point);
      const events = history.data?.events ?? [];
      const index = point === null ? -1 : events.findLastIndex((each) => reflects(point, each.event.position.point));
      return <Shown host={host} device={device} state={data} at={data.at} events={events} index={index} pending={history.data === null} />;
    }}</Answered>
  );
}

function Shown({ host, device, state, at, events, index, pending }: {
  host: string; device: string; state: DeviceState; at: string | null; events: FoldedEvent[]; index: number; pending: boolean;
}) {
  const facts = state.device;
  const selected = useSignal<number | null>(null);
  const current = index < 0 ? null : (events[index] ?? null);
  const singles = ([['INTx', state.intxTrigger], ['ERR', state.errTrigger], ['REQ', state.reqTrigger]] as const).filter(([, fd]) => fd !== -1);
  return (
    <>
      <div class="title" data-at={at ?? ''}>
        <h1 class="mono"><a href={place(host)}>{host}</a><span class="muted">/</span>{device}</h1>
        <p class="facts">
          <span>mode <b>{facts.mode}</b></span>
          <span>{facts.open === 'UNSEEN' ? 'opening not seen' : facts.open.toLowerCase()}</span>
          <span>{facts.dynamicMsix === null ? 'dynamic MSI-X not known' : facts.dynamicMsix ? 'dynamic MSI-X' : 'fixed MSI-X'}</span>
          <Tally counts={facts} zeros />
          <span>{plural(facts.events, 'event')}</span>
          {facts.violations > 0 && <span class="bad">{plural(facts.violations, 'broken rule')}</span>}
          {facts.uncertain && <span class="warn" title={facts.uncertainReason ?? ''}>uncertain: {facts.uncertainReason}</span>}
          {singles.map(([name, fd]) => <span key={name}>{name} fd {fd ?? '?'}</span>)}
        </p>
      </div>
      <div class="columns device">
        <div class="main">
          <Panel title="Vector map" aside={<Legend />}>
            <VectorMap vectors={state.vectors} selected={selected.value} changed={current === null ? new Set() : changedVectors(current.changes)} onSelect={(n) => { selected.value = n; }} />
            <Detail number={selected.value} vectors={state.vectors} events={events.slice(0, index + 1)} asOf={asOf.value} />
          </Panel>
          <Panel title="Allocated vectors" aside={<span class="muted">{number(state.vectors.length)}</span>}>
            <VectorTable vectors={state.vectors} events={events.slice(0, index + 1)} asOf={asOf.value} selected={selected.value} onSelect={(n) => { selected.value = n; }} />
          </Panel>
        </div>
        <div class="side">
          <Events events={events} index={index} pending={pending} cut={facts.events > events.length && events.length === EVENTS} />
          <Panel title="Findings" aside={<span class="muted">{number(found(host, device).length)}</span>}><FindingList host={host} device={device} /></Panel>
        </div>
      </div>
    </>
  );
}

function Legend() {
  return <span class="legend">{PHASES.map((phase) => <span key={phase}><Sign phase={phase} /> {phaseName(phase)}</span>)}</span>;
}

const LARGEST_CELL = 13;
const LABEL = 34;

function VectorMap({ vectors, selected, changed, onSelect }: {
  vectors: Vector[]; selected: number | null; changed: Set<number>; onSelect: (vector: number) => void;
}) {
  const fit = useSignal({ columns: 64, cell: 12 });
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const resized = new ResizeObserver(() => {
      const style = getComputedStyle(element);
      const room = element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - LABEL;
      const columns = room / 64 >= 9.5 ? 64 : 32;
      const cell = Math.min(LARGEST_CELL, Math.max(8, Math.floor((room / columns) * 10) / 10));
      if (columns !== fit.peek().columns || cell !== fit.peek().cell) fit.value = { columns, cell };
    });
    resized.observe(element);
    return () => resized.disconnect();
  }, []);
  const { columns: across, cell: CELL } = fit.value;
  const count = Math.max(shownCount(vectors, across), selected === null ? 0 : (Math.floor(selected / across) + 1) * across);
  const map = useMemo(() => grid(vectors, count, across, CELL), [vectors, count, across, CELL]);
  const width = LABEL + across * CELL;
  const height = map.rows * CELL;
  const outline = (n: number, name: string) => n < count && (
    <rect key={`${name}${n}`} class={name} x={LABEL + (n % across) * CELL + 0.5} y={Math.floor(n / across) * CELL + 0.5} width={CELL - 1} height={CELL - 1} rx="2" />
  );
  const counts = vectors.reduce<Record<string, number>>((all, v) => ({ ...all, [v.phase]: (all[v.phase] ?? 0) + 1 }), {});
  return (
    <div
      class="map" ref={box} tabIndex={0} role="application" data-own-keys aria-roledescription="vector map"
      aria-label={`Vector map: ${counts.ARMED ?? 0} armed, ${counts.CACHED ?? 0} cached, ${counts.RESERVED ?? 0} reserved. Arrow keys choose a vector.`}
      onFocus={() => { if (selected === null) onSelect(vectors[0]?.vector ?? 0); }}
      onKeyDown={(e) => {
        if (e.ctrlKey || e.metaKey || e.altKey) return;
        const to = move(selected ?? 0, e.key, across, Math.max(count, 1));
        if (to !== (selected ?? 0)) {
          onSelect(to);
          e.preventDefault();
        }
      }}
    >
      <svg
        width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true"
        onClick={(e) => {
          const at = e.currentTarget.getBoundingClientRect();
          const scale = width / at.width;
          const x = Math.floor(((e.clientX - at.left) * scale - LABEL) / CELL);
          const y = Math.floor(((e.clientY - at.top) * scale) / CELL);
          if (x >= 0 && x < across && y * across + x < count) onSelect(y * across + x);
        }}
      >
        {Array.from({ length: map.rows }, (_, row) => <text key={row} x={LABEL - 8} y={row * CELL + CELL - 2.5} text-anchor="end">{row * across}</text>)}
        <g transform={`translate(${LABEL} 0)`}>
          {PHASES.map((phase) => <path key={phase} class={phaseName(phase)} fill-rule="evenodd" d={map.paths[phase]} />)}
        </g>
        {changed.size <= 512 && [...changed].map((n) => outline(n, 'changed'))}
        {selected !== null && outline(selected, 'selected')}
      </svg>
    </div>
  );
}

const trigger = (vector: Vector): string => (vector.phase !== 'ARMED' ? '–' : vector.trigger === null ? '?' : `fd ${vector.trigger}`);

function age(vector: Vector, asOf: number): string {
  return vector.since === null ? '–' : duration(asOf - Date.parse(vector.since));
}

/** How often each vector was changed by the events at hand. */
function changeCounts(events: FoldedEvent[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const each of events) for (const n of changedVectors(each.changes)) counts.set(n, (counts.get(n) ?? 0) + 1);
  return counts;
}

function Detail({ number: n, vectors, events, asOf }: { number: number | null; vectors: Vector[]; events: FoldedEvent[]; asOf: number }) {
  const vector = vectors.find((each) => each.vector === n) ?? null;
  const last = n === null ? undefined : events.findLast((each) => changedVectors(each.changes).has(n));
  const counts = useMemo(() => changeCounts(events), [events]);
  return (
    <p class="detail" aria-live="polite">
      {n === null ? <span class="muted">Choose a vector with the pointer, or with Tab and the arrow keys.</span> : (
        <>
          <b>vector {n}</b>
          {vector === null
            ? <span class="count"><Sign phase="FREE" /> free</span>
            : <>
                <span class="count"><Sign phase={vector.phase} /> {phaseName(vector.phase)}</span>
                <span>irq {vector.linuxIrq ?? '?'}</span><span>trigger {trigger(vector)}</span>
                <span>{vector.dynamic ? 'allocated later' : 'allocated with the range'}</span>
                <span>for {age(vector, asOf)}</span>
              </>}
          <span>{plural(counts.get(n) ?? 0, 'change')}</span>
          {last !== undefined && <button type="button" class="quiet" onClick={() => void visit(last.event.position)}>last changed by {eventWords(last.event)}</button>}
        </>
      )}
    </p>
  );
}

const MOST_ROWS = 2048;

function VectorTable({ vectors, events, asOf, selected, onSelect }: {
  vectors: Vector[]; events: FoldedEvent[]; asOf: number; selected: number | null; onSelect: (vector: number) => void;
}) {
  const counts = useMemo(() => changeCounts(events), [events]);
  if (vectors.length === 0) return <Empty>No vector is allocated at this point.</Empty>;
  return (
    <div class="scroll vectors" tabIndex={0} role="group" aria-label="Allocated vectors">
      <table>
        <thead><tr><th scope="col" class="num">Vector</th><th scope="col">Phase</th><th scope="col" class="num">Linux irq</th><th scope="col">Trigger</th><th scope="col">Age</th><th scope="col" class="num">Changes</th></tr></thead>
        <tbody>
          {vectors.slice(0, MOST_ROWS).map((vector) => (
            <tr key={vector.vector} class={vector.vector === selected ? 'selected' : ''} onClick={() => onSelect(vector.vector)} data-vector={vector.vector}>
              <th scope="row" class="num">{vector.vector}</th>
              <td><Sign phase={vector.phase} /> {phaseName(vector.phase)}</td>
              <td class="num mono">{vector.linuxIrq ?? '?'}</td>
              <td class="mono">{trigger(vector)}</td>
              <td title={time(vector.since)}>{age(vector, asOf)}</td>
              <td class="num">{counts.get(vector.vector) ?? 0}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Events({ events, index, pending, cut }: { events: FoldedEvent[]; index: number; pending: boolean; cut: boolean }) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const element = list.current;
    const own = element?.querySelector<HTMLElement>('[aria-current]');
    if (element === null || own === null || own === undefined) return;
    if (own.offsetTop < element.scrollTop || own.offsetTop + own.offsetHeight > element.scrollTop + element.clientHeight) {
      element.scrollTop = own.offsetTop - element.clientHeight / 3;
    }
  }, [index, events]);
  return (
    <Panel title="Events" aside={<span class="muted">{cut ? `the last ${number(events.length)}` : number(events.length)}</span>}>
      {events.length === 0 && <Empty>{pending ? 'Reading the events …' : 'No event up to this point.'}</Empty>}
      <ol class="events" ref={list} tabIndex={0} aria-label="Events, the latest first">
        {events.map((each, i) => ({ each, i })).reverse().map(({ each, i }) => (
          <li key={each.event.id} class={i > index ? 'later' : ''} aria-current={i === index ? 'true' : undefined}>
            <button type="button" onClick={() => void visit(each.event.position)}>
              <span class="when mono">{time(each.event.position.logTime).slice(11)}</span>
              <span class="what">
                <b>{eventWords(each.event)}</b>
                {each.event.result !== null && <span class={`result ${each.event.result.code < 0 ? 'bad' : 'muted'}`}> = {each.event.result.name}</span>}
                {!each.applied && <span class="warn"> not applied</span>}
                {each.violations.map((broken) => <span class="bad" key={broken.id}> {broken.rule}</span>)}
                <span class="changes">{changeWords(each.changes).slice(0, 3).join(' · ')}{changeWords(each.changes).length > 3 ? ' · …' : ''}</span>
              </span>
              <span class="who cut muted" title={who(each.event.actor)}>{who(each.event.actor)}</span>
            </button>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
