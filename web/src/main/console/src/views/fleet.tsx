import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { all, ask, type Host, type Position, type Timeline } from '../api';
import { useAnswer, useNow } from '../answers';
import { fullness, NEAR, pressure, select, visible, type Filter, type Order } from '../fleet';
import { about } from '../ledger';
import { place, route } from '../route';
import { shown, visitTime, type AsOf } from '../time';
import { number, plural } from '../words';
import { Answered, Empty, Panel, Tally } from '../parts/basics';
import { PoolBar } from '../parts/bar';
import { Chart } from '../parts/chart';
import { FindingList, found } from '../parts/findings';
import { Spark } from '../parts/spark';

const MOST = 5000;
const ROW = 34;

interface Fleet extends AsOf { position: Position; hosts: Host[]; more: boolean }

export function FleetView() {
  const { at } = route.value;
  const now = useNow(null, 1000);
  const known = useAnswer<Fleet>('fleet', `${at} ${at === null ? now : ''}`, async (signal) => {
    const answer = await all<{ position: Position; hosts: Host[]; next: string | null }, Host>(
      '/v1/hosts', { at, pageSize: 1000 }, (page) => page.hosts, MOST, signal);
    return { at, position: answer.first.position, hosts: answer.items, more: answer.more };
  });
  useEffect(() => {
    if (known.data !== null && (known.data.at !== null || about.value?.live === false)) shown.value = known.data.position;
  }, [known.data]);
  return <Answered known={known} what="the fleet">{(fleet) => <Shown fleet={fleet} now={now} />}</Answered>;
}

function Shown({ fleet, now }: { fleet: Fleet; now: number }) {
  const { hosts } = fleet;
  const sums = useMemo(() => hosts.reduce((sum, host) => ({
    devices: sum.devices + host.devices, uncertain: sum.uncertain + host.uncertain, violations: sum.violations + host.violations,
    armed: sum.armed + host.armed, cached: sum.cached + host.cached, reserved: sum.reserved + host.reserved,
    near: sum.near + ((pressure(host) ?? 0) >= NEAR ? 1 : 0),
  }), { devices: 0, uncertain: 0, violations: 0, armed: 0, cached: 0, reserved: 0, near: 0 }), [hosts]);
  if (hosts.length === 0) {
    return <div class="state"><strong>No host yet</strong><p>No event was folded up to this point. A host appears with the first event of one of its devices.</p></div>;
  }
  return (
    <>
      <div class="title" data-at={fleet.at ?? ''}>
        <h1>Fleet</h1>
        <p class="facts">
          <span>{plural(hosts.length, 'host')}{fleet.more ? ' and more' : ''}</span>
          <span>{plural(sums.devices, 'device')}</span>
          <Tally counts={sums} zeros />
          {sums.near > 0 && <span class="warn">{plural(sums.near, 'host')} near exhaustion</span>}
          {sums.violations > 0 && <span class="bad">{plural(sums.violations, 'broken rule')}</span>}
          {sums.uncertain > 0 && <span class="warn">{plural(sums.uncertain, 'uncertain device')}</span>}
        </p>
      </div>
      <div class="columns">
        <Hosts hosts={hosts} now={now} />
        <div class="side">
          <Trend host={null} now={now} title="Trend" />
          <Panel title="Findings" aside={<span class="muted">{number(found(null, null).length)}</span>}>
            <FindingList host={null} device={null} />
          </Panel>
        </div>
      </div>
    </>
  );
}

/** What was held over time, with the point looked at. */
export function Trend({ host, now, title, device = null }: { host: string | null; device?: string | null; now: number; title: string }) {
  const known = useAnswer<Timeline>(`trend ${host}/${device}`, `${host} ${device} ${now}`, (signal) => ask('/v1/timeline', { host, device, parts: 300 }, signal));
  return (
    <Panel title={title} class="trend">
      <Answered known={known} what="the trend">{(timeline) => {
        if (timeline.first === null) return <Empty>No event yet.</Empty>;
        const from = Date.parse(timeline.from);
        const seconds = timeline.events.map((_, i) => (from + i * timeline.partMillis) / 1000);
        const logTime = shown.value?.logTime ?? null;
        const last = timeline.events.length - 1;
        return (
          <Chart
            seconds={seconds} height={132}
            now={route.value.at === null || logTime === null ? null : Date.parse(logTime) / 1000}
            label={`Vectors over time: at the end ${timeline.armed[last]} armed, ${timeline.cached[last]} cached, ${timeline.reserved[last]} reserved; at most ${Math.max(...timeline.peak)} irqs held.`}
            onPick={(at) => void visitTime(at * 1000)}
            lines={[
              { label: 'irqs held (peak)', colour: 'ink', values: timeline.peak, width: 1 },
              { label: 'armed', colour: 'armed', values: timeline.armed },
              { label: 'cached', colour: 'cached', values: timeline.cached },
              { label: 'reserved', colour: 'reserved', values: timeline.reserved, dash: [5, 3] },
            ]}
          />
        );
      }}</Answered>
    </Panel>
  );
}

const FILTERS: [Filter, string][] = [['all', 'all'], ['near', 'near exhaustion'], ['findings', 'broken rules'], ['idle', 'idle irqs'], ['uncertain', 'uncertain']];
const ORDERS: [Order, string][] = [['exhaustion', 'nearness to exhaustion'], ['held', 'irqs held'], ['idle', 'idle irqs'], ['findings', 'broken rules'], ['name', 'name']];

function Hosts({ hosts, now }: { hosts: Host[]; now: number }) {
  const search = useSignal('');
  const filter = useSignal<Filter>('all');
  const order = useSignal<Order>('exhaustion');
  const rows = useMemo(() => select(hosts, search.value, filter.value, order.value), [hosts, search.value, filter.value, order.value]);
  const window = useSignal({ scroll: 0, height: 600 });
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = list.current;
    if (element === null) return;
    const measure = () => { window.value = { scroll: element.scrollTop, height: element.clientHeight }; };
    measure();
    element.addEventListener('scroll', measure, { passive: true });
    const resized = new ResizeObserver(measure);
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', measure);
      resized.disconnect();
    };
  }, []);
  const drawn = visible(window.value.scroll, window.value.height, ROW, rows.length);
  const most = { cpu: Math.max(1, ...hosts.map((h) => h.cpuVectors.inUse)), irtes: Math.max(1, ...hosts.map((h) => h.remappingEntries.inUse)) };
  const focus = (from: number, by: number) => {
    const to = Math.min(rows.length - 1, Math.max(0, from + by));
    const element = list.current;
    if (element === null) return;
    if (to * ROW < element.scrollTop) element.scrollTop = to * ROW;
    if ((to + 1) * ROW > element.scrollTop + element.clientHeight) element.scrollTop = (to + 1) * ROW - element.clientHeight;
    requestAnimationFrame(() => requestAnimationFrame(() => element.querySelector<HTMLElement>(`[data-row="${to}"]`)?.focus()));
  };
  return (
    <Panel title="Hosts" class="hosts" aside={
      <>
        <input type="search" placeholder="Search hosts  /" aria-label="Search hosts" value={search.value} onInput={(e) => { search.value = e.currentTarget.value; }} />
        <select aria-label="Show hosts" value={filter.value} onChange={(e) => { filter.value = e.currentTarget.value as Filter; }}>
          {FILTERS.map(([name, words]) => <option key={name} value={name}>{words}</option>)}
        </select>
        <select aria-label="Sort hosts by" value={order.value} onChange={(e) => { order.value = e.currentTarget.value as Order; }}>
          {ORDERS.map(([name, words]) => <option key={name} value={name}>by {words}</option>)}
        </select>
      </>
    }>
      <div class="table" role="table" aria-label="Hosts" aria-rowcount={rows.length + 1}>
        <div role="rowgroup">
          <div class="row head" role="row" aria-rowindex={1}>
            <span role="columnheader">Host</span><span role="columnheader">CPU vectors</span><span role="columnheader">IRTEs</span>
            <span role="columnheader" class="wide">Trend</span><span role="columnheader" class="num">Devices</span><span role="columnheader" class="num">Broken rules</span>
          </div>
        </div>
        <div class="rows" ref={list} role="rowgroup" tabIndex={-1}>
          {rows.length === 0 && <Empty>No host is like that.</Empty>}
          <div class="sizer" role="presentation" style={{ height: `${rows.length * ROW}px` }}>
            {rows.slice(drawn.from, drawn.to).map((host, i) => (
              <HostRow key={host.host} host={host} index={drawn.from + i} most={most} now={now} focus={focus} />
            ))}
          </div>
        </div>
      </div>
      <p class="below muted" role="status">{rows.length === hosts.length ? plural(hosts.length, 'host') : `${number(rows.length)} of ${plural(hosts.length, 'host')}`}</p>
    </Panel>
  );
}

function HostRow({ host, index, most, now, focus }: {
  host: Host; index: number; most: { cpu: number; irtes: number }; now: number; focus: (from: number, by: number) => void;
}) {
  const near = Math.max(fullness(host.cpuVectors) ?? 0, fullness(host.remappingEntries) ?? 0) >= NEAR;
  return (
    <div
      class={`row${near ? ' near' : ''}`} role="row" aria-rowindex={index + 2} style={{ top: `${index * ROW}px` }}
      onKeyDown={(e) => {
        const by = e.key === 'ArrowDown' ? 1 : e.key === 'ArrowUp' ? -1 : e.key === 'PageDown' ? 10 : e.key === 'PageUp' ? -10 : 0;
        if (by !== 0) {
          e.preventDefault();
          focus(index, by);
        }
      }}
    >
      <span role="cell" class="name"><a class="whole" href={place(host.host)} data-row={index}>{host.host}</a>{host.uncertain > 0 && <span class="warn" title="has devices whose state is not certain"> ~</span>}</span>
      <span role="cell"><PoolBar compact name="CPU vectors" room={host.cpuVectors} most={most.cpu} parts={[{ name: 'armed', value: host.armed }]} /></span>
      <span role="cell"><PoolBar compact name="IRTEs" room={host.remappingEntries} most={most.irtes} parts={[{ name: 'armed', value: host.armed }, { name: 'cached', value: host.cached }, { name: 'reserved', value: host.reserved }]} /></span>
      <span role="cell" class="wide"><SparkOf host={host.host} now={now} /></span>
      <span role="cell" class="num">{number(host.devices)}</span>
      <span role="cell" class={`num${host.violations > 0 ? ' bad' : ' muted'}`}>{number(host.violations)}</span>
    </div>
  );
}

function SparkOf({ host, now }: { host: string; now: number }) {
  // Once a minute is enough for a small line; what just happened is told by the bars.
  return <Spark host={host} of={`${Math.floor(now / 60)}`} />;
}
