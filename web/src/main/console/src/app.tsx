import { useEffect, useRef, useState } from 'preact/hooks';
import { ask, type Position } from './api';
import { useAnswer } from './answers';
import { about, locked, trouble, unlock } from './ledger';
import { stream } from './live';
import { helping, KEYS, press } from './keys';
import { link, place, route } from './route';
import { isPast, present, shown } from './time';
import { time } from './words';
import { Loading } from './parts/basics';
import { TimeBar } from './parts/timebar';
import { DeviceView } from './views/device';
import { DiffPanel } from './views/diff';
import { FleetView } from './views/fleet';
import { HostView } from './views/host';
import { WhatIfView } from './views/whatif';

export function App() {
  useEffect(() => {
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  const { host, device, view, a, b, diff } = route.value;
  useEffect(() => {
    const what = device !== null ? `${host}/${device}` : host === null ? 'Fleet' : view === 'what-if' ? `What if, ${host}` : host;
    document.title = `${what} · IRQ Ledger`;
  }, [host, device, view]);
  usePoint();
  if (locked.value !== 'no') return <Locked />;
  if (about.value === null) return <Starting />;
  return (
    <>
      <a class="skip" href={link({})} onClick={(e) => { e.preventDefault(); document.getElementById('view')?.focus(); }}>To the view</a>
      <TopBar />
      {isPast.value && <PastBanner />}
      <main id="view" tabIndex={-1}>
        {diff && a !== null && b !== null && <DiffPanel a={a} b={b} />}
        {host === null ? <FleetView /> : view === 'what-if' ? <WhatIfView host={host} /> : device === null ? <HostView host={host} /> : <DeviceView host={host} device={device} />}
      </main>
      <TimeBar />
      {helping.value && <Help />}
    </>
  );
}

/** Keeps what is known of the point looked at; an archive's end is one too. */
function usePoint(): void {
  const { at, host } = route.value;
  const wanted = at ?? (about.value?.live === false ? 'latest' : null);
  // The fleet's own answer tells it, and every host's.
  const fleet = host === null;
  const known = useAnswer<Position>(`point of ${host}`, fleet ? null : wanted, async (signal) =>
    // As the host has it: its partition alone, which costs no look at all the others.
    (await ask<{ position: Position }>('/v1/devices', { host, at: wanted, pageSize: 1 }, signal)).position);
  useEffect(() => {
    if (wanted === null) shown.value = null;
    else if (!fleet && known.data !== null) shown.value = known.data;
  }, [wanted === null, fleet, known.data]);
}

const STREAMS: Record<string, [string, string]> = {
  off: ['off', 'not following'],
  connecting: ['wait', 'connecting'],
  live: ['ok', 'live'],
  reconnecting: ['lost', 'reconnecting'],
};

function TopBar() {
  const { host, device, view } = route.value;
  const known = about.value;
  const [sign, words] = STREAMS[stream.value] ?? ['off', ''];
  return (
    <header class="top">
      <a class="brand" href={place(null)}>IRQ Ledger</a>
      <nav aria-label="Where you are">
        <ol>
          <li><a href={place(null)} aria-current={host === null ? 'page' : undefined}>Fleet</a></li>
          {host !== null && <li><a class="mono" href={place(host)} aria-current={device === null && view === 'ledger' ? 'page' : undefined}>{host}</a></li>}
          {device !== null && <li><a class="mono" href={place(host, device)} aria-current="page">{device}</a></li>}
          {view === 'what-if' && <li><a href={place(host, null, 'what-if')} aria-current="page">what if</a></li>}
        </ol>
      </nav>
      <span class="spring" />
      {known?.live === true
        ? <span class={`stream ${isPast.value ? 'paused' : sign}`} role="status"><span class="dot" aria-hidden="true" />{stream.value === 'live' && isPast.value ? 'live, not shown' : words}</span>
        : <span class="stream archive">archive <b class="mono">{known?.name}</b></span>}
      <button type="button" class="quiet" aria-label="Keys and help" onClick={() => { helping.value = true; }}>?</button>
    </header>
  );
}

function PastBanner() {
  const point = route.value.at ?? '';
  const [copied, setCopied] = useState(false);
  const text = point.startsWith('offset:') ? point : (shown.value?.point ?? point);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <div class="banner" role="status">
      <strong>The past.</strong>
      <span>As of <b class="mono">{time(shown.value?.logTime ?? null)}</b> log time</span>
      <code class="point" title={text}>{text}</code>
      <button type="button" class="quiet" onClick={() => void copy()}>{copied ? 'copied' : 'copy the point'}</button>
      <button type="button" onClick={present}>{about.value?.live === true ? 'Back to live' : 'To the end'} <kbd>L</kbd></button>
    </div>
  );
}

function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={() => { helping.value = false; }}>
      <h2 id="help-title">Keys</h2>
      <dl>{KEYS.map(([keys, words]) => [<dt key={keys}><kbd>{keys}</kbd></dt>, <dd key={`${keys}=`}>{words}</dd>])}</dl>
      <p class="muted">Everything shown is as of one point of the log; the address holds it, so a link shows the same again. Times are the broker's, in UTC.</p>
      <form method="dialog"><button type="submit">Close</button></form>
    </dialog>
  );
}

function Locked() {
  const [value, setValue] = useState('');
  return (
    <main class="door">
      <h1>IRQ Ledger</h1>
      <form onSubmit={(e) => { e.preventDefault(); if (value.trim() !== '') unlock(value.trim()); }}>
        <label>The service asks for its token
          <input type="password" autocomplete="off" autoFocus value={value} onInput={(e) => setValue(e.currentTarget.value)} aria-invalid={locked.value === 'wrong'} aria-describedby="token-note" />
        </label>
        <button type="submit">Open</button>
        <p id="token-note" class={locked.value === 'wrong' ? 'bad' : 'muted'} role={locked.value === 'wrong' ? 'alert' : undefined}>
          {locked.value === 'wrong' ? 'That is not its token.' : 'It stays in this tab, and is sent in a header alone.'}
        </p>
      </form>
    </main>
  );
}

function Starting() {
  const problem = trouble.value;
  return (
    <main class="door">
      <h1>IRQ Ledger</h1>
      {problem === null ? <Loading what="the console" /> : <p class="bad" role="alert">{problem.message}. Trying again.</p>}
    </main>
  );
}
