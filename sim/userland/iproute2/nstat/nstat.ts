import { readTextAt, unlink, writeFileAt } from '../../../linux/files';
import type { Program } from '../../../linux/inode';
import type { Proc } from '../../../linux/process';
import { print, printError } from '../../../linux/process-io';
import { compileGlob } from '../../glibc/fnmatch';
import { getopt } from '../../glibc/getopt';

const USAGE = `Usage: nstat [OPTION] [ PATTERN [ PATTERN ] ]
   -h, --help          this message
   -a, --ignore        ignore history
   -d, --scan=SECS     sample every statistics every SECS
   -j, --json          format output in JSON
   -n, --nooutput      do history only
   -p, --pretty        pretty print
   -r, --reset         reset history
   -s, --noupdate      don't update history
   -t, --interval=SECS report average over the last SECS
   -V, --version       output version information
   -z, --zeros         show entries with zero activity
`;

const LONG = [
  { name: 'help', short: 'h' },
  { name: 'ignore', short: 'a' },
  { name: 'scan', short: 'd', argument: 'required' },
  { name: 'json', short: 'j' },
  { name: 'nooutput', short: 'n' },
  { name: 'pretty', short: 'p' },
  { name: 'reset', short: 'r' },
  { name: 'noupdate', short: 's' },
  { name: 'interval', short: 't', argument: 'required' },
  { name: 'version', short: 'V' },
  { name: 'zeros', short: 'z' },
] as const;

type Counters = ReadonlyMap<string, number>;

/** nstat(8) of iproute2 6.1.0: the protocols' counters since the last time it was asked. */
export const nstat: Program = function* (proc, argv) {
  const parsed = getopt(argv, 'h?vVzrnasd:t:jp', LONG);
  if (!parsed.ok) {
    yield* printError(proc, parsed.error + USAGE);
    return 255;
  }
  const has = (letter: string): boolean => parsed.options.some((o) => o.name === letter);
  if (has('h') || has('?')) {
    yield* printError(proc, USAGE);
    return 255;
  }
  if (has('V') || has('v')) {
    yield* print(proc, 'nstat utility, iproute2-6.1.0\n');
    return 0;
  }
  const absent = ['d', 't'].find(has);
  if (absent !== undefined) {
    yield* printError(proc, `hopwise: nstat: -${absent} is not simulated\n`);
    return 2;
  }
  const path = `/tmp/.nstat.u${proc.uid}`;
  if (has('r')) unlink(proc, path);
  const now = counters(proc);
  const before: Counters = has('a') ? new Map() : history(proc, path);
  const patterns = parsed.operands.map((operand) => compileGlob(operand));
  const shown = (name: string): boolean =>
    patterns.length === 0 || patterns.some((matches) => matches(name));
  const changes = [...now].flatMap(([name, value]) => {
    const change = value - (before.get(name) ?? 0);
    return (change > 0 || has('z')) && shown(name) ? [[name, Math.max(0, change)] as const] : [];
  });
  if (!has('n')) yield* print(proc, has('j') ? json(changes, has('p')) : table(changes));
  if (!has('s')) writeFileAt(proc, path, table([...now]));
  return 0;
};

/** dump_incr_db(). */
const table = (counts: readonly (readonly [name: string, value: number])[]): string =>
  `#kernel\n${counts.map(([name, value]) => `${name.padEnd(32)}${String(value).padEnd(16)}${'0.0'.padStart(6)}\n`).join('')}`;

function json(counts: readonly (readonly [string, number])[], pretty: boolean): string {
  const object = { kernel: Object.fromEntries(counts) };
  return `${pretty ? JSON.stringify(object, undefined, 4) : JSON.stringify(object)}\n`;
}

/** load_snmp(), load_snmp6(), load_netstat(). */
function counters(proc: Proc): Counters {
  const found = new Map<string, number>();
  const read = (name: string): readonly string[] => {
    const text = readTextAt(proc, `/proc/net/${name}`);
    return typeof text === 'string' ? [] : text.text.split('\n');
  };
  const pairs = (lines: readonly string[]): void => {
    for (let i = 0; i + 1 < lines.length; i += 2) {
      const [group = '', ...names] = (lines[i] ?? '').split(/\s+/);
      const numbers = (lines[i + 1] ?? '').split(/\s+/).slice(1);
      names.forEach((name, at) => {
        if (!USELESS.has(group + name))
          found.set(group.replace(':', '') + name, Number(numbers[at]));
      });
    }
  };
  pairs(read('snmp'));
  for (const line of read('snmp6')) {
    const [name, value] = line.split(/\s+/);
    if (name !== undefined && value !== undefined) found.set(name, Number(value));
  }
  pairs(read('netstat'));
  return found;
}

/** useless_numbers[]. */
const USELESS: ReadonlySet<string> = new Set([
  'Ip:Forwarding',
  'Ip:DefaultTTL',
  'Tcp:RtoAlgorithm',
  'Tcp:RtoMin',
  'Tcp:RtoMax',
  'Tcp:MaxConn',
  'Tcp:CurrEstab',
]);

function history(proc: Proc, path: string): Counters {
  const text = readTextAt(proc, path);
  if (typeof text === 'string') return new Map();
  const lines = text.text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const [name = '', value] = line.split(/\s+/);
      return [name, Number(value)];
    }),
  );
}
