import { about, findings, findingsCut, findingsKnown, rules } from '../ledger';
import { offsets, reflects } from '../point';
import { place, route } from '../route';
import { shown, visit } from '../time';
import type { Finding } from '../api';
import { number, time } from '../words';
import { Empty } from './basics';

/** The findings up to the point looked at, the latest first. */
export function found(host: string | null, device: string | null): Finding[] {
  const point = route.value.at === null ? null : offsets(shown.value?.point ?? '');
  return findings.value
    .filter((finding) => (host === null || finding.host === host) && (device === null || finding.device === device))
    .filter((finding) => point === null || [...(offsets(finding.position.point) ?? new Map<number, number>()).keys()].some((p) => !point.has(p)) || reflects(point, finding.position.point))
    .sort((a, b) => (b.position.logTime ?? '').localeCompare(a.position.logTime ?? ''));
}

export function FindingList({ host, device, most = 50 }: { host: string | null; device: string | null; most?: number }) {
  const all = found(host, device);
  if (!findingsKnown.value) return <Empty>Looking for findings …</Empty>;
  if (all.length === 0) {
    const what = about.value?.live === true ? 'No rule is broken, and no pool was found empty' : 'No rule of the kernel or of the log is broken';
    return <Empty>{what}{route.value.at === null ? '' : ' up to this point'}.</Empty>;
  }
  return (
    <ul class="findings" tabIndex={0} aria-label="Findings">
      {all.slice(0, most).map((finding) => <One key={finding.id} finding={finding} host={host} device={device} />)}
      {(all.length > most || findingsCut.value) && <li class="muted">{number(all.length - most)} earlier ones are not shown.</li>}
    </ul>
  );
}

function One({ finding, host, device }: { finding: Finding; host: string | null; device: string | null }) {
  const rule = rules.value.get(finding.rule);
  const evidence = Object.entries(finding.evidence);
  const where = `${finding.host}${finding.device === null ? '' : `/${finding.device}`}`;
  const jump = () => void visit(finding.position, { host: finding.host, device: finding.device, view: 'ledger', diff: false });
  return (
    <li class={`finding ${finding.kind.toLowerCase()}`}>
      <div class="head">
        <span class="rule">{finding.rule}</span>
        {device === null && (host === null || finding.device !== null) && (
          <a class="mono" href={place(finding.host, finding.device)}>{host === null ? where : finding.device}</a>
        )}
        <span class="when">{time(finding.position.logTime)}</span>
      </div>
      {rule !== undefined && <p class="sentence">{rule.sentence}</p>}
      <dl>
        <dt>expected</dt><dd>{finding.expected}</dd>
        <dt>reported</dt><dd>{finding.reported}</dd>
        {device !== null && evidence.map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name}=`} class="mono">{value}</dd>])}
      </dl>
      {finding.event !== null && (
        <button type="button" class="quiet" onClick={jump}>Go to its event<span class="hidden"> of {where} at {time(finding.position.logTime)}</span></button>
      )}
    </li>
  );
}
