import type { ComponentChildren } from 'preact';
import type { Known } from '../answers';
import type { Counts } from '../diff';
import { shape } from '../grid';
import type { Phase } from '../api';
import { number } from '../words';

export const PHASES: Phase[] = ['ARMED', 'CACHED', 'RESERVED', 'FREE'];
export const phaseName = (phase: Phase): string => phase.toLowerCase();

/** A phase's sign: its shape and its colour. */
export function Sign({ phase, size = 11 }: { phase: Phase; size?: number }) {
  return (
    <svg class={`sign ${phaseName(phase)}`} width={size} height={size} viewBox={`0 0 ${size} ${size}`} aria-hidden="true">
      <path fill-rule="evenodd" d={shape(phase, 0, 0, size)} />
    </svg>
  );
}

/** Numbers by phase, each with its sign. */
export function Tally({ counts, zeros = false }: { counts: Counts; zeros?: boolean }) {
  const each: [Phase, number][] = [['ARMED', counts.armed], ['CACHED', counts.cached], ['RESERVED', counts.reserved]];
  const told = each.filter(([, count]) => zeros || count > 0);
  return (
    <span class="tally">
      {told.length === 0 ? <span class="muted">holds nothing</span> : told.map(([phase, count]) => (
        <span class="count" key={phase}>
          <Sign phase={phase} /><span>{number(count)}</span> <span class="name">{phaseName(phase)}</span>
        </span>
      ))}
    </span>
  );
}

/** What there is to show while, or where, there is no answer. */
export function Answered<T>({ known, children, what }: { known: Known<T>; what: string; children: (data: T) => ComponentChildren }) {
  const { data, problem, pending } = known;
  if (data !== null) {
    return (
      <div class={problem === null ? 'answered' : 'answered behind'} aria-busy={pending}>
        {problem !== null && <p class="notice" role="status">{problem.message}; asking again.</p>}
        {children(data)}
      </div>
    );
  }
  if (problem !== null) {
    return (
      <div class="state" role={problem.passing ? 'status' : 'alert'}>
        <strong>{problem.passing ? 'Not yet' : problem.status === 404 ? 'Not there' : 'No answer'}</strong>
        <p>{problem.message}.{problem.passing ? ' Asking again.' : ''}</p>
      </div>
    );
  }
  return <Loading what={what} />;
}

export function Loading({ what }: { what: string }) {
  return (
    <div class="state loading" role="status">
      <span class="skeleton" /><span class="skeleton" /><span class="skeleton" />
      <span class="hidden">Loading {what}</span>
    </div>
  );
}

export function Empty({ children }: { children: ComponentChildren }) {
  return <p class="empty">{children}</p>;
}

export function Panel({ title, aside, children, class: name = '' }: { title: string; aside?: ComponentChildren; children: ComponentChildren; class?: string }) {
  const id = `panel-${title.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`;
  return (
    <section class={`panel ${name}`} aria-labelledby={id}>
      <header><h2 id={id}>{title}</h2>{aside !== undefined && <div class="aside">{aside}</div>}</header>
      {children}
    </section>
  );
}
