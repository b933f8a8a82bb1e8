import { all, ask, Problem, type Device, type Holder, type Holders, type IdleGroup, type Position, type Pressure, type Room } from '../api';
import { useAnswer, useNow } from '../answers';
import { place, route } from '../route';
import { asOf, type AsOf } from '../time';
import { duration, number, plural, time, who } from '../words';
import { Answered, Empty, Panel, Sign, Tally } from '../parts/basics';
import { PoolBar } from '../parts/bar';
import { FindingList, found } from '../parts/findings';
import { Trend } from './fleet';

interface Seen extends AsOf { position: Position; holders: Holder[]; pressure: Pressure | null; whole: boolean }

export function HostView({ host }: { host: string }) {
  const { at } = route.value;
  const now = useNow(host, 500);
  const known = useAnswer<Seen>(`host ${host}`, `${at} ${at === null ? now : ''}`, (signal) => load(host, at, signal));
  return <Answered known={known} what={`host ${host}`}>{(seen) => <Shown host={host} seen={seen} now={now} />}</Answered>;
}

/** Where memory does not tell who holds what, the devices are told without that. */
async function load(host: string, at: string | null, signal: AbortSignal): Promise<Seen> {
  const pressure = ask<Pressure>(`/v1/hosts/${host}/pressure`, {}, signal).catch((e: unknown) => {
    if (e instanceof Problem && e.status === 404) return null;
    throw e;
  });
  try {
    const found = await ask<Holders>(`/v1/hosts/${host}/holders`, { at }, signal);
    return { at, position: found.position, holders: found.holders, pressure: await pressure, whole: true };
  } catch (e) {
    if (!(e instanceof Problem) || signal.aborted || (e.status !== 503 && e.status !== 504)) throw e;
    const found = await all<{ position: Position; devices: Device[]; next: string | null }, Device>(
      '/v1/devices', { host, at, pageSize: 1000 }, (page) => page.devices, 8192, signal);
    return {
      at, position: found.first.position, pressure: await pressure, whole: false,
      holders: found.items.map((device) => ({ device, user: null, idle: [] })),
    };
  }
}

function room(pressure: Pressure | null, kind: string, inUse: number): Room {
  const pools = pressure?.pools.filter((pool) => pool.kind === kind) ?? [];
  const sum = (of: (pool: Pressure['pools'][number]) => number | null) =>
    pools.length === 0 || pools.some((pool) => of(pool) === null) ? null : pools.reduce((total, pool) => total + (of(pool) ?? 0), 0);
  return { inUse, usedByHost: sum((pool) => pool.usedByHost), size: sum((pool) => pool.capacity) };
}

function Shown({ host, seen, now }: { host: string; seen: Seen; now: number }) {
  const { holders, pressure } = seen;
  if (holders.length === 0) {
    return <div class="state"><strong>{host}</strong><p>No event of this host up to this point.</p></div>;
  }
  const sum = holders.reduce((all, { device }) => ({
    armed: all.armed + device.armed, cached: all.cached + device.cached, reserved: all.reserved + device.reserved,
  }), { armed: 0, cached: 0, reserved: 0 });
  const irqs = sum.armed + sum.cached + sum.reserved;
  const units = pressure?.pools.filter((pool) => pool.kind === 'REMAPPING_ENTRIES' && pool.unit !== null).map((pool) => pool.unit) ?? [];
  return (
    <>
      <div class="title" data-at={seen.at ?? ''}>
        <h1 class="mono">{host}</h1>
        <p class="facts"><span>{plural(holders.length, 'device')}</span><Tally counts={sum} zeros /><a href={place(host, null, 'what-if')}>What if …</a></p>
      </div>
      <div class="pools">
        <div class="big"><h2>CPU vectors</h2><PoolBar name="CPU vectors" room={room(pressure, 'CPU_VECTORS', sum.armed)} most={sum.armed} parts={[{ name: 'armed', value: sum.armed }]} /></div>
        <div class="big"><h2>IRTEs{units.length > 0 && <span class="muted"> {units.join(', ')}</span>}</h2><PoolBar name="Interrupt-remapping entries" room={room(pressure, 'REMAPPING_ENTRIES', irqs)} most={irqs} parts={[{ name: 'armed', value: sum.armed }, { name: 'cached', value: sum.cached }, { name: 'reserved', value: sum.reserved }]} /></div>
      </div>
      <div class="columns">
        <div class="main">
          <Devices host={host} holders={holders} />
          <Frees host={host} holders={holders} whole={seen.whole} />
        </div>
        <div class="side">
          <Trend host={host} now={now} title="Trend" />
          <Reservations host={host} holders={holders} whole={seen.whole} />
          {pressure !== null && route.value.at === null && pressure.armedIdle.length > 0 && <Silent host={host} pressure={pressure} />}
          <Panel title="Findings" aside={<span class="muted">{number(found(host, null).length)}</span>}><FindingList host={host} device={null} /></Panel>
        </div>
      </div>
    </>
  );
}

const held = (device: Device): number => device.armed + device.cached + device.reserved;

function Devices({ host, holders }: { host: string; holders: Holder[] }) {
  const most = Math.max(1, ...holders.map(({ device }) => held(device)));
  const rows = [...holders].sort((a, b) => held(b.device) - held(a.device) || a.device.device.localeCompare(b.device.device));
  return (
    <Panel title="Devices and their holders" class="devices">
      <div class="scroll" tabIndex={0} role="group" aria-label="Devices">
        <table>
          <thead><tr><th scope="col">Device</th><th scope="col">Holder</th><th scope="col">Mode</th><th scope="col" class="grow">Vectors</th><th scope="col" class="num wide">Events</th><th scope="col" class="num">Broken rules</th></tr></thead>
          <tbody>
            {rows.map(({ device, user }) => (
              <tr key={device.device}>
                <th scope="row" class="mono"><a href={place(host, device.device)}>{device.device}</a>{device.uncertain && <span class="warn" title={device.uncertainReason ?? ''}> uncertain</span>}</th>
                <td class="cut" title={who(user)}>{device.open === 'CLOSED' ? <span class="muted">closed{user === null ? '' : `, was ${who(user)}`}</span> : who(user)}</td>
                <td>{device.mode}</td>
                <td class="grow"><Share device={device} most={most} /></td>
                <td class="num wide">{number(device.events)}</td>
                <td class={`num${device.violations > 0 ? ' bad' : ' muted'}`}>{number(device.violations)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Share({ device, most }: { device: Device; most: number }) {
  let x = 0;
  const parts = ([['armed', device.armed], ['cached', device.cached], ['reserved', device.reserved]] as const).filter(([, count]) => count > 0);
  return (
    <span class="share">
      <svg class="bar thin" viewBox="0 0 1000 6" preserveAspectRatio="none" aria-hidden="true">
        {parts.map(([name, count]) => {
          const width = (count / most) * 1000;
          const rect = <rect class={name} key={name} x={x} width={width} height="6" />;
          x += width;
          return rect;
        })}
      </svg>
      <Tally counts={device} />
    </span>
  );
}

function Frees({ host, holders, whole }: { host: string; holders: Holder[]; whole: boolean }) {
  const rows = holders
    .map((holder) => ({ ...holder, idle: holder.device.cached + holder.device.reserved, oldest: holder.idle[0]?.since ?? null }))
    .filter((holder) => holder.idle > 0)
    .sort((a, b) => b.idle - a.idle)
    .slice(0, 12);
  return (
    <Panel title="What would free the most" aside={<span class="muted">irqs that nothing triggers</span>}>
      {rows.length === 0 ? <Empty>Every irq has a trigger: nothing to be had without taking some away.</Empty> : (
        <ol class="frees">
          {rows.map(({ device, user, idle }) => (
            <li key={device.device}>
              <b class="num">{number(idle)}</b>
              <span>
                <a class="mono" href={place(host, device.device)}>{device.device}</a> keeps {[device.cached > 0 ? `${number(device.cached)} cached` : '', device.reserved > 0 ? `${number(device.reserved)} reserved` : ''].filter((text) => text !== '').join(' and ')}
                {whole && user !== null ? ` for ${who(user)}` : ''}.{' '}
                <span class="muted">{device.armed === 0 ? `Disabling ${device.mode.toUpperCase()} frees them, and takes no trigger away.` : `They go only together with ${device.armed === 1 ? 'its armed one' : `its ${number(device.armed)} armed ones`}: by disabling ${device.mode.toUpperCase()}, or with the device.`}</span>
              </span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

function Reservations({ host, holders, whole }: { host: string; holders: Holder[]; whole: boolean }) {
  const groups = holders
    .flatMap(({ device, idle }) => idle.map((group): { device: string; group: IdleGroup } => ({ device: device.device, group })))
    .sort((a, b) => (a.group.since ?? '').localeCompare(b.group.since ?? ''))
    .slice(0, 40);
  const now = asOf.value;
  return (
    <Panel title="Idle irqs by age">
      {!whole ? <Empty>The history is not in memory yet; ages follow.</Empty> : groups.length === 0 ? <Empty>None is idle.</Empty> : (
        <div class="scroll short" tabIndex={0} role="group" aria-label="Idle irqs by age">
          <table>
            <thead><tr><th scope="col">Idle for</th><th scope="col">Device</th><th scope="col" class="num">Irqs</th><th scope="col">From vector</th></tr></thead>
            <tbody>
              {groups.map(({ device, group }) => (
                <tr key={`${device} ${group.since} ${group.phase} ${group.first}`}>
                  <td title={time(group.since)}>{group.since === null ? '?' : duration(now - Date.parse(group.since))}</td>
                  <td class="mono"><a href={place(host, device)}>{device}</a></td>
                  <td class="num"><Sign phase={group.phase} /> {number(group.count)} <span class="hidden">{group.phase.toLowerCase()}</span></td>
                  <td>{group.first}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

function Silent({ host, pressure }: { host: string; pressure: Pressure }) {
  return (
    <Panel title="Armed, and silent" aside={<span class="muted">{number(pressure.armedIdleTotal ?? 0)} in all</span>}>
      <table>
        <tbody>
          {pressure.armedIdle.map((idle) => (
            <tr key={`${idle.device} ${idle.vector}`}>
              <td class="mono"><a href={place(host, idle.device)}>{idle.device}</a></td><td>vector {idle.vector}</td><td>irq {idle.irq}</td><td>{duration(asOf.value - Date.parse(idle.since))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
