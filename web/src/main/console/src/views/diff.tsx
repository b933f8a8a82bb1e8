import { all, ask, devicePath, Problem, type Device, type DeviceState, type Host, type Position, type Vector } from '../api';
import { useAnswer } from '../answers';
import { devices, hosts, runs, vectors, type Counts, type CountsDiff, type VectorDiff } from '../diff';
import { go, place, route } from '../route';
import { number, plural } from '../words';
import { Answered, Empty, phaseName, Sign } from '../parts/basics';

type Found = { of: 'hosts' | 'devices'; rows: CountsDiff[] } | { of: 'vectors'; rows: VectorDiff[] };

const MOST = 400;
const MOST_RUNS = 24;

/** What differs between the two marks: of hosts, of a host's devices, or of a device's vectors. */
export function DiffPanel({ a, b }: { a: string; b: string }) {
  const { host, device } = route.value;
  const known = useAnswer<Found>(`diff ${host} ${device}`, `${a} ${b}`, (signal) => load(host, device, a, b, signal));
  return (
    <section class="panel diff" aria-labelledby="panel-diff">
      <header>
        <h2 id="panel-diff">From A to B</h2>
        <div class="aside">
          <button type="button" class="quiet" onClick={() => go({ at: a }, true)}>go to A</button>
          <button type="button" class="quiet" onClick={() => go({ at: b }, true)}>go to B</button>
          <button type="button" class="quiet" onClick={() => go({ a: b, b: a }, true)}>swap</button>
          <button type="button" class="quiet" onClick={() => go({ diff: false, a: null, b: null }, true)}>clear marks</button>
          <button type="button" onClick={() => go({ diff: false }, true)}>close</button>
        </div>
      </header>
      <Answered known={known} what="the difference">{(found) => <Shown found={found} />}</Answered>
    </section>
  );
}

async function load(host: string | null, device: string | null, a: string, b: string, signal: AbortSignal): Promise<Found> {
  if (host === null) {
    const of = async (at: string) => (await all<{ position: Position; hosts: Host[]; next: string | null }, Host>('/v1/hosts', { at, pageSize: 1000 }, (page) => page.hosts, 5000, signal)).items;
    return { of: 'hosts', rows: hosts(await of(a), await of(b)) };
  }
  if (device === null) {
    const of = async (at: string) => (await all<{ position: Position; devices: Device[]; next: string | null }, Device>('/v1/devices', { host, at, pageSize: 1000 }, (page) => page.devices, 8192, signal)).items;
    return { of: 'devices', rows: devices(await of(a), await of(b)) };
  }
  const of = async (at: string): Promise<Vector[]> => {
    try {
      return (await ask<DeviceState>(devicePath(host, device), { at, pageSize: 2048 }, signal)).vectors;
    } catch (e) {
      // Before its first event a device holds nothing.
      if (e instanceof Problem && e.status === 404) return [];
      throw e;
    }
  };
  return { of: 'vectors', rows: vectors(await of(a), await of(b)) };
}

function Shown({ found }: { found: Found }) {
  const { host } = route.value;
  if (found.rows.length === 0) return <Empty>Nothing differs.</Empty>;
  if (found.of === 'vectors') {
    return (
      <>
      <ul class="runs">
        <li class="muted">{plural(found.rows.length, 'vector differs', 'vectors differ')}:</li>
        {runs(found.rows).slice(0, MOST_RUNS).map((run) => (
          <li key={run.first}>
            <b>{run.first === run.last ? run.first : `${run.first}–${run.last}`}</b>
            <Sign phase={run.from} /> {phaseName(run.from)} → <Sign phase={run.to} /> {run.from === run.to ? `${phaseName(run.to)}, otherwise` : phaseName(run.to)}
          </li>
        ))}
        {runs(found.rows).length > MOST_RUNS && <li class="muted">…</li>}
      </ul>
      <div class="scroll" tabIndex={0} role="group" aria-label="Vectors that differ">
        <table>
          <thead><tr><th scope="col" class="num">Vector</th><th scope="col">At A</th><th scope="col">At B</th></tr></thead>
          <tbody>
            {found.rows.slice(0, MOST).map((row) => (
              <tr key={row.vector}><th scope="row" class="num">{row.vector}</th><td><One vector={row.from} /></td><td><One vector={row.to} /></td></tr>
            ))}
          </tbody>
        </table>
        {found.rows.length > MOST && <p class="muted">{number(found.rows.length - MOST)} more are not shown.</p>}
      </div>
      </>
    );
  }
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={`What differs, by ${found.of}`}>
      <table>
        <thead><tr><th scope="col">{found.of === 'hosts' ? 'Host' : 'Device'}</th><th scope="col" class="num">Armed</th><th scope="col" class="num">Cached</th><th scope="col" class="num">Reserved</th><th scope="col">Else</th></tr></thead>
        <tbody>
          {found.rows.slice(0, MOST).map((row) => (
            <tr key={row.name}>
              <th scope="row" class="mono"><a href={found.of === 'hosts' ? place(row.name) : place(host, row.name)}>{row.name}</a></th>
              {(['armed', 'cached', 'reserved'] as const).map((name) => <Difference key={name} name={name} row={row} />)}
              <td>{[...(row.first ? ['first seen'] : []), ...(row.gone ? ['not yet seen'] : []), ...row.other].join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {found.rows.length > MOST && <p class="muted">{number(found.rows.length - MOST)} more are not shown.</p>}
    </div>
  );
}

function Difference({ name, row }: { name: keyof Counts; row: CountsDiff }) {
  const by = row.to[name] - row.from[name];
  return (
    <td class="num">
      {number(row.from[name])} → {number(row.to[name])} {by !== 0 && <b>({by > 0 ? '+' : '−'}{number(Math.abs(by))})</b>}
    </td>
  );
}

function One({ vector }: { vector: Vector | null }) {
  if (vector === null) return <span class="count"><Sign phase="FREE" /> free</span>;
  return (
    <span class="count">
      <Sign phase={vector.phase} /> {phaseName(vector.phase)}, irq {vector.linuxIrq ?? '?'}{vector.phase === 'ARMED' ? `, fd ${vector.trigger ?? '?'}` : ''}
    </span>
  );
}
