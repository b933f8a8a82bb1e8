import { computed, signal } from '@preact/signals';

/** What is looked at, at which point, between which marks: all of it is in the address. */
export interface Route {
  host: string | null;
  device: string | null;
  view: 'ledger' | 'what-if';
  /** The point looked at; null is the present. */
  at: string | null;
  /** The two marks between which is compared. */
  a: string | null;
  b: string | null;
  /** Whether the comparison is shown. */
  diff: boolean;
  /** Of what-if. */
  policy: string | null;
  cpuVectors: string | null;
  irtes: string | null;
}

const NOTHING: Route = {
  host: null, device: null, view: 'ledger', at: null, a: null, b: null, diff: false, policy: null, cpuVectors: null, irtes: null,
};
const TEXTS = ['at', 'a', 'b', 'policy', 'cpuVectors', 'irtes'] as const;

/** Reads the part of an address behind its '#'. */
export function parse(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  const [kind, host, last] = path.split('/').filter((part) => part !== '').map(decodeURIComponent);
  const parameters = new URLSearchParams(query);
  const route: Route = { ...NOTHING };
  if (kind === 'host' && host !== undefined) {
    route.host = host;
    if (last === 'what-if') route.view = 'what-if';
    else route.device = last ?? null;
  }
  for (const name of TEXTS) route[name] = parameters.get(name) || null;
  route.diff = parameters.get('diff') === '1';
  return route;
}

/** Writes what {@link parse} reads. */
export function format(route: Route): string {
  let path = '/';
  if (route.host !== null) {
    path = `/host/${route.host}`;
    if (route.view === 'what-if') path += '/what-if';
    else if (route.device !== null) path += `/${route.device}`;
  }
  const given = TEXTS.filter((name) => route[name] !== null && (route.view === 'what-if' || !['policy', 'cpuVectors', 'irtes'].includes(name)));
  const query = given.map((name) => `${name}=${encode(route[name] as string)}`);
  if (route.diff) query.push('diff=1');
  return `#${path}${query.length === 0 ? '' : `?${query.join('&')}`}`;
}

/** Points stay legible: what they consist of needs no encoding behind a '#'. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll('%3A', ':').replaceAll('%40', '@').replaceAll('%2C', ',');
}

export const route = signal<Route>(typeof location === 'undefined' ? NOTHING : parse(location.hash));
export const past = computed(() => route.value.at !== null);

/** The address of the same view with something else. */
export function link(to: Partial<Route>): string {
  return format({ ...route.value, ...to });
}

/** The address of another view, at the same point. */
export function place(host: string | null, device: string | null = null, view: Route['view'] = 'ledger'): string {
  return link({ host, device, view, diff: false });
}

/** Goes there. A point is replaced, not added: back leads to the view before, not through a drag. */
export function go(to: Partial<Route>, replace = false): void {
  const next = { ...route.value, ...to };
  const hash = format(next);
  if (replace) history.replaceState(null, '', hash);
  else if (hash !== location.hash) history.pushState(null, '', hash);
  route.value = next;
}

export function listen(): void {
  const changed = () => { route.value = parse(location.hash); };
  addEventListener('hashchange', changed);
  addEventListener('popstate', changed);
}
