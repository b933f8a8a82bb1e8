import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { ask, type WhatIf } from '../api';
import { useAnswer } from '../answers';
import { together } from '../together';
import { go, place, route } from '../route';
import { visit } from '../time';
import { number, plural, POOLS } from '../words';
import { Answered, Empty, Panel } from '../parts/basics';
import { Chart } from '../parts/chart';

const POLICIES: [string, string][] = [
  ['KERNEL', 'what vfio-pci does: with all others, when the mode is left'],
  ['FREE_ON_CLEAR', 'as soon as its trigger is removed'],
  ['FREE_DYNAMIC_ON_CLEAR', 'so too, if it was allocated after the enable'],
  ['LRU_CAP', 'when its device has more than a number of them'],
];

export function WhatIfView({ host }: { host: string }) {
  const { at, policy, cpuVectors, irtes } = route.value;
  const wanted = policy ?? 'FREE_ON_CLEAR';
  const known = useAnswer<WhatIf>(`what-if ${host}`, `${at} ${wanted} ${cpuVectors} ${irtes}`, (signal) =>
    ask(`/v1/hosts/${host}/what-if`, { at, policy: wanted, cpuVectors, irtes }, signal));
  return (
    <>
      <div class="title">
        <h1>What if, on <a class="mono" href={place(host)}>{host}</a></h1>
        <p class="facts muted">Every call of the log up to this point again, by the same model, under another policy or with other pools.</p>
      </div>
      <Form policy={wanted} cpuVectors={cpuVectors} irtes={irtes} />
      <Answered known={known} what="both histories">{(answer) => <Shown answer={answer} host={host} />}</Answered>
    </>
  );
}

function Form({ policy, cpuVectors, irtes }: { policy: string; cpuVectors: string | null; irtes: string | null }) {
  const cap = /^LRU_CAP\((\d+)\)$/.exec(policy)?.[1] ?? null;
  const name = cap === null ? policy : 'LRU_CAP';
  const pool = (key: 'cpuVectors' | 'irtes', label: string, value: string | null) => (
    <label>{label}
      <input type="number" min="0" max="16777216" step="1" value={value ?? ''} placeholder="as the log shows"
        onChange={(e) => go({ [key]: e.currentTarget.value === '' ? null : String(Math.max(0, Math.floor(Number(e.currentTarget.value)))) }, true)} />
    </label>
  );
  return (
    <form class="what-if" onSubmit={(e) => e.preventDefault()}>
      <label>An irq without a trigger is freed
        <select value={name} onChange={(e) => go({ policy: e.currentTarget.value === 'LRU_CAP' ? 'LRU_CAP(16)' : e.currentTarget.value }, true)}>
          {POLICIES.map(([value, words]) => <option key={value} value={value}>{value}: {words}</option>)}
        </select>
      </label>
      {cap !== null && (
        <label>more than
          <input type="number" min="0" max="9999" value={cap} onChange={(e) => go({ policy: `LRU_CAP(${Math.min(9999, Math.max(0, Math.floor(Number(e.currentTarget.value))))})` }, true)} />
        </label>
      )}
      {pool('cpuVectors', 'CPU vectors', cpuVectors)}
      {pool('irtes', 'IRTEs', irtes)}
    </form>
  );
}

function Shown({ answer, host }: { answer: WhatIf; host: string }) {
  const pool = useSignal<'CPU_VECTORS' | 'REMAPPING_ENTRIES'>('REMAPPING_ENTRIES');
  const drawn = useMemo(() => together(answer.log, answer.modelled, (series, i) =>
    pool.value === 'CPU_VECTORS' ? (series.armed[i] ?? 0) : (series.armed[i] ?? 0) + (series.cached[i] ?? 0) + (series.reserved[i] ?? 0)), [answer, pool.value]);
  const size = answer.pools.find((each) => each.pool === pool.value)?.size ?? null;
  const words = POOLS[pool.value];
  const { shortages, cost } = answer;
  const parted = answer.partedAt;
  return (
    <div class="columns">
      <div class="main">
        <Panel title="Both histories" aside={
          <span class="tabs" role="group" aria-label="Pool">
            {(['REMAPPING_ENTRIES', 'CPU_VECTORS'] as const).map((name) => (
              <button key={name} type="button" aria-pressed={pool.value === name} onClick={() => { pool.value = name; }}>{POOLS[name]}</button>
            ))}
          </span>
        }>
          <Chart
            seconds={drawn.seconds} height={280} now={null}
            label={`${words} in use over time: at most ${Math.max(0, ...drawn.log)} in the log, ${Math.max(0, ...drawn.modelled)} under ${answer.policy}.`}
            lines={[
              { label: 'in the log', colour: 'ink', values: drawn.log, width: 1.5 },
              { label: `under ${answer.policy}`, colour: 'accent', values: drawn.modelled, width: 2, dash: [6, 4] },
              ...(size === null ? [] : [{ label: `size ${size}`, colour: 'bad', values: drawn.seconds.map(() => size), width: 1, dash: [2, 3] }]),
            ]}
          />
        </Panel>
      </div>
      <div class="side">
        <Panel title="What they add up to">
          <table>
            <thead><tr><th scope="col">Pool</th><th scope="col" class="num">Size</th><th scope="col" class="num">Peak in the log</th><th scope="col" class="num">Peak under it</th></tr></thead>
            <tbody>
              {answer.pools.map((each) => (
                <tr key={each.pool}>
                  <th scope="row">{POOLS[each.pool]}</th>
                  <td class="num">{each.size === null ? 'no end' : number(each.size)}</td>
                  <td class="num">{number(each.log.peak)}</td><td class="num">{number(each.policy.peak)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <ul class="facts-list">
            <li>Pools are found empty <b>{plural(shortages.log, 'time')}</b> in the log, <b>{plural(shortages.policy, 'time')}</b> under it: {number(shortages.avoided)} avoided, {number(shortages.caused)} caused.</li>
            <li><b>{plural(cost.allocatedAgain, 'irq')}</b> would be allocated again{cost.estimateNanos === null || cost.allocatedAgain === 0 ? '' : `, about ${(cost.estimateNanos / 1e6).toFixed(3)} ms`}.</li>
            <li>{parted === null ? 'Both histories are the same.' : <>They part at an event of <a class="mono" href={place(host, parted.device)}>{parted.device}</a>. <button type="button" class="quiet" onClick={() => void visit(parted.position, { host, device: parted.device, view: 'ledger' })}>Go there</button></>}</li>
          </ul>
        </Panel>
        <Panel title="Calls that meet an empty pool">
          {shortages.told.length === 0 ? <Empty>None in either history.</Empty> : (
            <ul class="shortages">
              {shortages.told.map((each) => (
                <li key={`${each.kind} ${each.at.event}`}>
                  <span class={`kind ${each.kind.toLowerCase()}`}>{each.kind.toLowerCase()}</span> <span>{POOLS[each.pool]}</span>{' '}
                  <button type="button" class="quiet mono" onClick={() => void visit(each.at.position, { host, device: each.at.device, view: 'ledger' })}>{each.at.device} {each.at.position.point.replace('offset:', '')}</button>
                </li>
              ))}
            </ul>
          )}
        </Panel>
      </div>
    </div>
  );
}
