import { signal } from '@preact/signals';
import { go, link, route } from './route';
import { compare, mark, present, step } from './time';

/** What keys do wherever nothing is being typed. */

export const helping = signal(false);

export const KEYS: [string, string][] = [
  ['← →', 'previous or next event'],
  ['Shift ← →', 'previous or next change'],
  ['P N', 'previous or next finding'],
  ['L', 'back to the present'],
  ['A B', 'mark this point as A or B'],
  ['D', 'what differs between A and B'],
  ['/', 'search'],
  ['U', 'up: device, host, fleet'],
  ['W', 'what-if of the host'],
  ['?', 'this list'],
  ['Tab, ↑ ↓, Enter', 'through lists and maps'],
];

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement
    && (target.matches('input, select, textarea') || target.isContentEditable || target.closest('[data-own-keys]') !== null);
}

export function press(e: KeyboardEvent): void {
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.key === 'Escape' && helping.value) {
    helping.value = false;
    return;
  }
  if (typing(e.target)) return;
  const done = act(e.key, e.shiftKey);
  if (done) e.preventDefault();
}

function act(key: string, shift: boolean): boolean {
  const { host, device, view } = route.value;
  switch (key) {
    case 'ArrowLeft': step(shift ? 'CHANGE' : 'EVENT', 'PREVIOUS'); return true;
    case 'ArrowRight': step(shift ? 'CHANGE' : 'EVENT', 'NEXT'); return true;
    case 'p': case 'P': step('FINDING', 'PREVIOUS'); return true;
    case 'n': case 'N': step('FINDING', 'NEXT'); return true;
    case 'l': case 'L': present(); return true;
    case 'a': case 'A': void mark('a'); return true;
    case 'b': case 'B': void mark('b'); return true;
    case 'd': case 'D': compare(); return true;
    case '?': helping.value = !helping.value; return true;
    case '/': {
      const search = document.querySelector<HTMLInputElement>('input[type=search]');
      search?.focus();
      return search !== null;
    }
    case 'u': case 'U':
      if (host === null) return false;
      go({ host: device !== null || view === 'what-if' ? host : null, device: null, view: 'ledger', diff: false });
      return true;
    case 'w': case 'W':
      if (host === null) return false;
      location.hash = link({ view: 'what-if', device: null, diff: false });
      return true;
    default: return false;
  }
}
