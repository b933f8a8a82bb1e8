import { signal } from '@preact/signals';
import { all, ask, Problem, token, type About, type Finding, type Findings, type Rule } from './api';
import { follow, unfollow } from './live';

/** What holds for the whole page: which ledger this is, its rules, and what was found in it. */

export const about = signal<About | null>(null);
export const rules = signal<ReadonlyMap<string, Rule>>(new Map());
export const findings = signal<readonly Finding[]>([]);
export const findingsCut = signal(false);
export const findingsKnown = signal(false);
/** Whether the service wants a token: none yet, or the one that was given is wrong. */
export const locked = signal<'no' | 'needed' | 'wrong'>('no');
export const trouble = signal<Problem | null>(null);

const MOST_FINDINGS = 5000;

export async function open(): Promise<void> {
  for (;;) {
    try {
      const [what, known] = await Promise.all([ask<About>('/v1/about'), ask<{ rules: Rule[] }>('/v1/rules')]);
      rules.value = new Map(known.rules.map((rule) => [rule.rule, rule]));
      about.value = what;
      locked.value = 'no';
      trouble.value = null;
      break;
    } catch (e) {
      const problem = e as Problem;
      if (problem.status === 401) {
        locked.value = token.get() === null ? 'needed' : 'wrong';
        token.forget();
        return;
      }
      trouble.value = problem;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
  if (about.value.live) follow({ finding: add });
  void load();
}

export function unlock(value: string): void {
  token.set(value);
  unfollow();
  void open();
}

async function load(): Promise<void> {
  for (;;) {
    try {
      const found = await all<Findings, Finding>('/v1/violations', { pageSize: 1000 }, (page) => page.violations, MOST_FINDINGS);
      found.items.forEach(add);
      findingsCut.value = found.more;
      findingsKnown.value = true;
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1500));
    }
  }
}

function add(finding: Finding): void {
  if (findings.value.length < MOST_FINDINGS && !findings.value.some((known) => known.id === finding.id)) {
    findings.value = [...findings.value, finding];
  }
}
