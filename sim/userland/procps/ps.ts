import type { Program } from '../../linux/inode';
import { findVpid, visibleProcs } from '../../linux/pid-namespace';
import { exitCode, type Proc, type ProcState } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import { parseSignal, SIGNALS, signalOfNumber } from '../../linux/signal';
import { notSimulated } from '../args';
import { regcomp } from '../glibc/regex';
import { strftime } from '../glibc/strftime';
import { Out } from '../stream';

const STATES: Readonly<Record<ProcState, string>> = {
  ready: 'R',
  running: 'R',
  waiting: 'S',
  stopped: 'T',
  zombie: 'Z',
  dead: 'X',
};

const two = (n: number): string => String(n).padStart(2, '0');

/** CPU time as [DD-]HH:MM:SS. */
const time = (us: number): string => {
  const s = Math.floor(us / 1e6);
  return `${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
};

const terminal = (proc: Proc): string => proc.tty?.name.replace(/^\/dev\//, '') ?? '?';
const commandLine = (proc: Proc): string =>
  proc.state === 'zombie' ? `[${proc.comm}] <defunct>` : proc.argv.join(' ');
const started = (proc: Proc, now: number): string =>
  strftime('%H:%M', Math.floor((now - proc.host.nowUs + proc.startUs) / 1e6));

interface Column {
  readonly title: string;
  readonly width: number;
  readonly left?: boolean;
  value(proc: Proc, now: number): string;
}

const column = (title: string, width: number, value: Column['value'], left = false): Column => ({
  title,
  width,
  value,
  left,
});

const COLUMNS: ReadonlyMap<string, Column> = new Map([
  ['pid', column('PID', 7, (p) => String(p.pid))],
  ['ppid', column('PPID', 7, (p) => String(p.ppid))],
  ['pgid', column('PGID', 7, (p) => String(p.pgid))],
  ['pgrp', column('PGRP', 7, (p) => String(p.pgid))],
  ['sid', column('SID', 7, (p) => String(p.sid))],
  ['sess', column('SESS', 7, (p) => String(p.sid))],
  ['tty', column('TT', 8, terminal, true)],
  ['tname', column('TTY', 8, terminal, true)],
  ['time', column('TIME', 8, (p) => time(p.cpuUs))],
  ['comm', column('COMMAND', 15, (p) => p.comm, true)],
  ['cmd', column('CMD', 27, commandLine, true)],
  ['args', column('COMMAND', 27, commandLine, true)],
  ['command', column('COMMAND', 27, commandLine, true)],
  ['user', column('USER', 8, (p) => (p.uid === 0 ? 'root' : String(p.uid)), true)],
  ['uid', column('UID', 5, (p) => String(p.uid))],
  ['stat', column('STAT', 4, (p) => STATES[p.state] + (p.sid === p.pid ? 's' : ''), true)],
  ['s', column('S', 1, (p) => STATES[p.state], true)],
  ['state', column('S', 1, (p) => STATES[p.state], true)],
  ['c', column('C', 2, () => '0')],
  ['stime', column('STIME', 5, started)],
  ['start', column('START', 5, started)],
  ['pcpu', column('%CPU', 4, () => '0.0')],
  ['pmem', column('%MEM', 4, () => '0.0')],
  ['vsz', column('VSZ', 6, () => '0')],
  ['rss', column('RSS', 5, () => '0')],
]);

/** ps of procps 4.0: no option, -e -f -A -x -p -o -C --no-headers, and BSD's aux. */
export const ps: Program = function* (proc, argv) {
  const plan: Plan = {
    all: false,
    bsd: false,
    full: false,
    format: undefined,
    pids: undefined,
    comms: undefined,
    headers: true,
  };
  for (let at = 1; at < argv.length; at++) {
    const arg = argv[at] ?? '';
    if (arg === '--no-headers' || arg === '--no-heading') plan.headers = false;
    else if (/^\d+$/.test(arg)) plan.pids = [...(plan.pids ?? []), Number(arg)];
    else {
      const used = letters(plan, arg, argv[at + 1]);
      if (used === undefined) return yield* notSimulated(proc, 'ps', arg);
      at += used;
    }
  }
  const columns = columnsOf(plan);
  if (typeof columns === 'string') {
    yield* printError(
      proc,
      `error: unknown user-defined format specifier "${columns}"\n\nUsage:\n ps [options]\n`,
    );
    return 1;
  }
  const now = proc.host.clockUs;
  const shown = [...proc.host.procs.values()]
    .filter((p) => chosen(plan, p, proc))
    .sort((a, b) => a.pid - b.pid);
  const rows = shown.map((p) => columns.map((c) => c.value(p, now)));
  if (plan.headers && columns.some((c) => c.title !== ''))
    rows.unshift(columns.map((c) => c.title));
  const out = new Out(proc);
  for (const row of rows) {
    const cells = row.map((text, i) => {
      const { width = 0, left = false } = columns[i] ?? {};
      if (i === row.length - 1 && left) return text;
      return left ? text.padEnd(width) : text.padStart(width);
    });
    yield* out.text(`${cells.join(' ')}\n`);
  }
  return yield* out.close('ps', shown.length > 0 ? 0 : 1);
};

interface Plan {
  all: boolean;
  bsd: boolean;
  full: boolean;
  format: string | undefined;
  pids: number[] | undefined;
  comms: string[] | undefined;
  headers: boolean;
}

/** One word of options; how many more words it took, or undefined if it is not known here. */
function letters(plan: Plan, arg: string, next: string | undefined): number | undefined {
  const dash = arg.startsWith('-');
  const text = dash ? arg.slice(1) : arg;
  for (let i = 0; i < text.length; i++) {
    const letter = text[i] ?? '';
    if ('opCq'.includes(letter)) {
      const rest = text.slice(i + 1) || next || '';
      const list = rest.split(/[\s,]+/);
      if (letter === 'o') plan.format = plan.format === undefined ? rest : `${plan.format},${rest}`;
      else if (letter === 'C') plan.comms = list;
      else plan.pids = [...(plan.pids ?? []), ...list.map(Number)];
      return text.slice(i + 1) === '' ? 1 : 0;
    }
    if (dash && (letter === 'e' || letter === 'A')) plan.all = true;
    else if (dash && letter === 'f') plan.full = true;
    else if (!dash && letter === 'u') plan.bsd = true;
    else if (letter === 'a' || letter === 'x') plan.all = plan.all || !dash || letter === 'a';
    else if (letter !== 'w') return undefined;
  }
  return 0;
}

function columnsOf(plan: Plan): readonly Column[] | string {
  let names = ['pid', 'tname', 'time', 'cmdname'];
  if (plan.full) names = ['user', 'pid', 'ppid', 'c', 'stime', 'tname', 'time', 'cmd'];
  if (plan.bsd)
    names = [
      'user',
      'pid',
      'pcpu',
      'pmem',
      'vsz',
      'rss',
      'tname',
      'stat',
      'start',
      'time',
      'command',
    ];
  if (plan.format !== undefined) names = plan.format.split(/[\s,]+/).filter((name) => name !== '');
  const columns: Column[] = [];
  for (const name of names) {
    const [key = '', title] = name.split('=');
    const known =
      key === 'cmdname' ? { ...column('CMD', 15, (p) => p.comm, true) } : COLUMNS.get(key);
    if (!known) return key;
    const shown = plan.full && key === 'user' ? { ...known, title: 'UID' } : known;
    columns.push(title === undefined ? shown : { ...shown, title });
  }
  return columns;
}

function chosen(plan: Plan, p: Proc, self: Proc): boolean {
  if (plan.pids) return plan.pids.includes(p.pid);
  if (plan.comms) return plan.comms.includes(p.comm);
  return plan.all || plan.bsd || (p.sid === self.sid && (p.tty === self.tty || p.uid === self.uid));
}

/** pgrep and pkill of procps 4.0: a pattern on names, -f on command lines. */
export const pgrep = (kills: boolean): Program =>
  function* (proc, argv) {
    let signal = parseSignal('TERM');
    let [full, exact, invert, list, count, newest, oldest] = [
      false,
      false,
      false,
      false,
      false,
      false,
      false,
    ];
    let pattern: string | undefined;
    let parent: number | undefined;
    const name = kills ? 'pkill' : 'pgrep';
    for (let at = 1; at < argv.length; at++) {
      const arg = argv[at] ?? '';
      const named = kills && arg.startsWith('-') ? parseSignal(arg.slice(1)) : undefined;
      if (named) signal = named;
      else if (arg === '--signal' || arg === '-P') {
        const value = argv[++at] ?? '';
        if (arg === '-P') parent = Number(value);
        else signal = parseSignal(value);
      } else if (/^-[fxvlacno]+$/.test(arg)) {
        full ||= arg.includes('f');
        exact ||= arg.includes('x');
        invert ||= arg.includes('v');
        list ||= /[la]/.test(arg);
        count ||= arg.includes('c');
        newest ||= arg.includes('n');
        oldest ||= arg.includes('o');
      } else if (arg.startsWith('-')) return yield* notSimulated(proc, name, arg);
      else pattern = arg;
    }
    if ((pattern === undefined && parent === undefined) || !signal) {
      yield* printError(
        proc,
        `${name}: no matching criteria specified\nTry \`${name} --help' for more information.\n`,
      );
      return 2;
    }
    const made = regcomp(exact ? `^(${pattern ?? ''})$` : (pattern ?? ''), { syntax: 'extended' });
    if (!made.ok) {
      yield* printError(proc, `${name}: ${made.error}\n`);
      return 2;
    }
    let found = visibleProcs(proc).filter((p) => {
      if (p === proc || !p.alive) return false;
      if (parent !== undefined && p.ppid !== parent) return false;
      return made.value.test(full ? p.argv.join(' ') : p.comm) !== invert;
    });
    found.sort((a, b) => a.pid - b.pid);
    if (newest) found = found.slice(-1);
    if (oldest) found = found.slice(0, 1);
    for (const p of found) {
      if (kills) p.kill(signal, proc);
      else if (!count)
        yield* print(proc, `${p.pid}${list ? ` ${full ? p.argv.join(' ') : p.comm}` : ''}\n`);
    }
    if (count) yield* print(proc, `${found.length}\n`);
    return found.length > 0 ? 0 : 1;
  };

/** kill(1) of procps 4.0. */
export const kill: Program = function* (proc, argv) {
  let signal = parseSignal('TERM');
  let at = 1;
  const first = argv[1] ?? '';
  if (first === '-l' || first === '-L') {
    const which = argv[2];
    const names = Object.keys(SIGNALS);
    const shown =
      which === undefined
        ? names.join(' ')
        : /^\d+$/.test(which)
          ? signalOfNumber(Number(which) & 127)
          : String(exitCode({ kind: 'signaled', signal: parseSignal(which) ?? 'TERM' }) - 128);
    yield* print(proc, `${shown}\n`);
    return 0;
  }
  let probe = false;
  if (first === '-s' || first === '--signal' || first === '-n') {
    signal = parseSignal(argv[2] ?? '');
    probe = argv[2] === '0';
    at = 3;
  } else if (/^-./.test(first) && first !== '--') {
    signal = parseSignal(first.slice(1));
    probe = first === '-0';
    at = 2;
  } else if (first === '--') at = 2;
  if (!signal && !probe) {
    yield* printError(proc, `kill: unknown signal ${first.replace(/^-/, '')}\n`);
    return 1;
  }
  if (at >= argv.length) {
    yield* printError(proc, '\nUsage:\n kill [options] <pid> [...]\n');
    return 1;
  }
  let code = 0;
  for (const text of argv.slice(at)) {
    const pid = Number(text);
    const group = pid < 0 ? visibleProcs(proc).filter((p) => p.pgid === -pid) : [];
    const one = findVpid(proc, pid);
    const targets = one ? [one] : group;
    if (targets.length === 0) {
      yield* printError(proc, `kill: (${text}): No such process\n`);
      code = 1;
    }
    if (signal && !probe) for (const target of targets) target.kill(signal, proc);
  }
  return code;
};

/** uptime of procps 4.0. */
export const uptime: Program = function* (proc) {
  const minutes = Math.floor(proc.host.nowUs / 60e6);
  const up =
    minutes < 60
      ? `${minutes} min`
      : `${String(Math.floor(minutes / 60)).padStart(2)}:${two(minutes % 60)}`;
  const clock = strftime('%H:%M:%S', Math.floor(proc.host.clockUs / 1e6));
  yield* print(proc, ` ${clock} up ${up},  1 user,  load average: 0.00, 0.00, 0.00\n`);
  return 0;
};

/** Memory of a machine as free(1) tells it, KiB. */
const MEMORY = { total: 4_018_060, used: 412_344, free: 2_904_116, shared: 1_052, cache: 901_600 };

/** free of procps 4.0: the machine's memory is a constant. */
export const free: Program = function* (proc, argv) {
  const unit = argv.find((arg) => /^-[bkmg]$/.test(arg))?.[1] ?? 'k';
  const odd = argv.slice(1).find((arg) => !/^-[bkmg]$/.test(arg));
  if (odd !== undefined) return yield* notSimulated(proc, 'free', odd);
  const by = { b: 1 / 1024, k: 1, m: 1024, g: 1024 ** 2 }[unit] ?? 1;
  const { total, used, free: unused, shared, cache } = MEMORY;
  const row = (title: string, values: readonly number[]): string =>
    title.padEnd(8) +
    values
      .map((v) => String(Math.floor(v / by)).padStart(12))
      .join('')
      .replace(/^ /, '') +
    '\n';
  yield* print(
    proc,
    '               total        used        free      shared  buff/cache   available\n',
  );
  yield* print(
    proc,
    row('Mem:', [total, used, unused, shared, cache, total - used]).replace(
      'Mem:    ',
      'Mem:     ',
    ),
  );
  yield* print(proc, row('Swap:', [0, 0, 0]).replace('Swap:   ', 'Swap:    '));
  return 0;
};
