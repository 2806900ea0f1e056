import { readTextAt } from '../../linux/files';
import type { Proc } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import type { Process } from '../../linux/wait-queue';
import { isAbsentOption } from '../absent-options';
import { formatShort, interfaces } from './ifconfig-print';
import { formatSockets, type SocketQuery } from './netstat-sockets';
import { formatStatistics } from './netstat-statistics';
import { formatNetstatRoutes } from './route-table';
import { NETSTAT_USAGE } from './usage';

/** Long options and the letters that they mean. */
const LONG: Readonly<Record<string, string>> = {
  '--route': 'r',
  '--interfaces': 'i',
  '--statistics': 's',
  '--tcp': 't',
  '--udp': 'u',
  '--raw': 'w',
  '--unix': 'x',
  '--listening': 'l',
  '--all': 'a',
  '--numeric': 'n',
  '--numeric-hosts': 'n',
  '--numeric-ports': 'n',
  '--programs': 'p',
  '--extend': 'e',
  '--wide': 'W',
  '--verbose': 'v',
  '--inet': '4',
  '--inet6': '6',
  '--version': 'V',
  '--help': 'h',
};

const KNOWN = 'risgMvWnNepocalFCZtuUSwx46VhA';
const ABSENT = 'gMoCcZUSxA';

/** netstat.c of net-tools 2.10: -r, -i, -s, and the sockets of TCP and UDP. */
export function* netstat(proc: Proc, argv: readonly string[]): Process {
  const flags = new Set<string>();
  for (const word of argv.slice(1)) {
    const letters = LONG[word] ?? (/^-[^-]/.test(word) ? word.slice(1) : '');
    if (letters === '') {
      if (isAbsentOption('netstat', word.replace(/=.*$/, ''))) {
        return yield* fail(proc, `hopwise: netstat: ${word} is not simulated\n`, 2);
      }
      const unknown = word.startsWith('--') ? `netstat: unrecognized option '${word}'\n` : '';
      return yield* fail(proc, unknown + NETSTAT_USAGE, 3);
    }
    for (const letter of letters) {
      if (!KNOWN.includes(letter)) {
        return yield* fail(proc, `netstat: invalid option -- '${letter}'\n${NETSTAT_USAGE}`, 3);
      }
      if (ABSENT.includes(letter)) {
        return yield* fail(proc, `hopwise: netstat: -${letter} is not simulated\n`, 2);
      }
      flags.add(letter);
    }
  }
  if (flags.has('h')) return yield* fail(proc, NETSTAT_USAGE, 3);
  yield* print(proc, answer(proc, flags));
  return 0;
}

function* fail(proc: Proc, text: string, code: number): Process {
  yield* printError(proc, text);
  return code;
}

const INTERFACES =
  'Kernel Interface table\n' +
  'Iface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n';

function answer(proc: Proc, flags: ReadonlySet<string>): string {
  if (flags.has('V')) return 'net-tools 2.10\n';
  if (flags.has('r')) return formatNetstatRoutes(proc.netns, flags.has('n'));
  if (flags.has('i')) {
    const shown = interfaces(proc.netns.devices()).filter((one) => flags.has('a') || one.dev.up);
    return INTERFACES + shown.map(formatShort).join('');
  }
  if (flags.has('s')) {
    const text = readTextAt(proc, '/proc/net/snmp');
    return typeof text === 'string' ? '' : formatStatistics(text.text, flags);
  }
  const none = !flags.has('t') && !flags.has('u') && !flags.has('w');
  const query: SocketQuery = {
    tcp: none || flags.has('t'),
    udp: none || flags.has('u'),
    raw: none || flags.has('w'),
    inet: !flags.has('6') || flags.has('4'),
    inet6: !flags.has('4') || flags.has('6'),
    listening: flags.has('l'),
    all: flags.has('a'),
    numeric: flags.has('n'),
    programs: flags.has('p'),
    extended: flags.has('e'),
  };
  return formatSockets(proc, query);
}
