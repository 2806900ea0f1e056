import type { NetDevice } from '../../linux/device/net-device';
import { strerror } from '../../linux/errno';
import type { Neighbour } from '../../linux/ip/neighbour';
import type { Proc } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import {
  delNeigh,
  dumpNeigh,
  dumpProxyNeigh,
  newNeigh,
  newProxyNeigh,
} from '../../linux/rtnetlink/neigh';
import { getRoute } from '../../linux/rtnetlink/route';
import type { Process } from '../../linux/wait-queue';
import { formatIp, parseIpv4 } from '../../wire/ip';
import { formatMac } from '../../wire/mac';
import { isAbsentOption } from '../absent-options';
import { parseEther } from './hardware-address';
import { ARP_USAGE } from './usage';

interface Options {
  action: 'show' | 'set' | 'delete';
  bsd: boolean;
  dev: string | undefined;
  readonly rest: string[];
}

/**
 * arp.c of net-tools 2.10. Names are never asked for: a host is shown by its number, as with -n.
 */
export function* arp(proc: Proc, argv: readonly string[]): Process {
  const options = parse(argv);
  if ('text' in options) {
    yield* (options.code === 0 ? print : printError)(proc, options.text);
    return options.code;
  }
  const dev = options.dev === undefined ? undefined : proc.netns.deviceByName(options.dev);
  if (options.action !== 'show' && options.dev !== undefined && !dev) {
    yield* printError(proc, `arp: device '${options.dev}' does not exist\n`);
    return 255;
  }
  const answer =
    options.action === 'show'
      ? show(proc, options)
      : options.action === 'set'
        ? set(proc, options.rest, dev)
        : remove(proc, options.rest, dev);
  yield* print(proc, answer.out);
  yield* printError(proc, answer.error);
  return answer.code;
}

interface Answer {
  readonly out: string;
  readonly error: string;
  readonly code: number;
}

const failed = (error: string, code = 255): Answer => ({ out: '', error, code });
const DONE: Answer = { out: '', error: '', code: 0 };

function parse(
  argv: readonly string[],
): Options | { readonly text: string; readonly code: number } {
  const options: Options = { action: 'show', bsd: false, dev: undefined, rest: [] };
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] ?? '';
    if (!word.startsWith('-') || word.length < 2) options.rest.push(word);
    else if (word === '-V' || word === '--version') return { text: 'net-tools 2.10\n', code: 0 };
    else if (word === '--set') options.action = 'set';
    else if (word === '--delete') options.action = 'delete';
    else if (word === '--device' || word === '--use-device') options.dev = argv[++i];
    else if (word === '--numeric' || word === '--verbose') continue;
    else if (word.startsWith('--')) {
      const option = word.replace(/=.*$/, '');
      if (isAbsentOption('arp', option)) {
        return { text: `hopwise: arp: ${option} is not simulated\n`, code: 2 };
      }
      return { text: `arp: unrecognized option '${word}'\n${ARP_USAGE}`, code: 3 };
    } else {
      for (const letter of word.slice(1)) {
        if (letter === 's') options.action = 'set';
        else if (letter === 'd') options.action = 'delete';
        else if (letter === 'a') options.bsd = true;
        else if (letter === 'e') options.bsd = false;
        else if (letter === 'i') options.dev = argv[++i];
        else if (!'nvN'.includes(letter)) {
          if ('DfHtAp'.includes(letter)) {
            return { text: `hopwise: arp: -${letter} is not simulated\n`, code: 2 };
          }
          return { text: `arp: invalid option -- '${letter}'\n${ARP_USAGE}`, code: 3 };
        }
      }
    }
  }
  return options;
}

const HEADER = 'Address                  HWtype  HWaddress           Flags Mask            Iface\n';

/** A line of /proc/net/arp. */
interface Entry {
  readonly ip: string;
  readonly dev: string;
  /** `*`: whatever address the device has, for an entry that is only published. */
  readonly mac: string | undefined;
  readonly permanent: boolean;
  readonly published: boolean;
}

/** /proc/net/arp: neighbours without those that need no ARP, then what is answered for others. */
function entries(proc: Proc): readonly Entry[] {
  const own = dumpNeigh(proc.netns, 4).filter((n) => n.state !== 'NOARP');
  const proxies = proc.netns.devices().flatMap((dev) =>
    dumpProxyNeigh(proc.netns, 4)
      .filter((proxy) => proxy.dev === dev)
      .map(({ ip }) => ({
        ip: formatIp(ip),
        dev: dev.name,
        mac: '*',
        permanent: true,
        published: true,
      })),
  );
  return [
    ...own.map((n) => ({
      ip: formatIp(n.ip),
      dev: n.dev.name,
      mac: complete(n) ? formatMac(n.lladdr ?? 0) : undefined,
      permanent: n.state === 'PERMANENT',
      published: false,
    })),
    ...proxies,
  ];
}

/** arp_show(). */
function show(proc: Proc, options: Options): Answer {
  const host = options.rest[0];
  const wanted = host === undefined ? undefined : parseIpv4(host);
  if (host !== undefined && wanted === undefined)
    return failed(`${host}: Host name lookup failure\n`);
  const all = entries(proc);
  const found = all.filter(
    (e) =>
      (options.dev === undefined || e.dev === options.dev) &&
      (wanted === undefined || e.ip === formatIp(wanted)),
  );
  if (found.length === 0) {
    if (host !== undefined) return { ...DONE, out: `${host} (${host}) -- no entry\n` };
    if (options.dev === undefined || all.length === 0) return DONE;
    return { ...DONE, out: `arp: in ${all.length} entries no match found.\n` };
  }
  if (options.bsd) return { ...DONE, out: found.map(bsdLine).join('') };
  return { ...DONE, out: HEADER + found.map(line).join('') };
}

const complete = (n: Neighbour): boolean =>
  n.lladdr !== undefined && n.state !== 'INCOMPLETE' && n.state !== 'FAILED' && n.state !== 'NONE';

/** arp_disp_2(). */
function line(e: Entry): string {
  const known = e.mac !== undefined;
  const star = e.mac === '*';
  const type = star ? '*' : known ? 'ether' : '';
  const mac = star ? '<from_interface>' : (e.mac ?? '(incomplete)');
  const flags = known ? `${star ? '' : 'C'}${e.permanent ? 'M' : ''}${e.published ? 'P' : ''}` : '';
  const start = `${e.ip.padEnd(23)}  ${type.padEnd(8)}${mac.padEnd(20)}`;
  return `${start}${flags.padEnd(6)}${''.padEnd(15)} ${e.dev}\n`;
}

/** arp_disp() of -a. */
function bsdLine(e: Entry): string {
  const type = e.mac === '*' ? '<from_interface>' : `${e.mac} [ether]`;
  const mac = e.mac === undefined ? '<incomplete>' : type;
  const flags = `${e.permanent ? ' PERM' : ''}${e.published ? ' PUP' : ''}`;
  return `? (${e.ip}) at ${mac}${flags} on ${e.dev}\n`;
}

/** arp_req_set(): without a device the route to the address decides. */
function set(proc: Proc, words: readonly string[], given: NetDevice | undefined): Answer {
  const [host, hardware, ...more] = words;
  if (host === undefined) return failed('arp: need host name\n');
  const ip = parseIpv4(host);
  if (ip === undefined) return failed(`${host}: Host name lookup failure\n`);
  if (hardware === undefined) return failed('arp: need hardware address\n');
  const lladdr = parseEther(hardware);
  if (lladdr === undefined) return failed('arp: invalid hardware address\n');
  const dev = given ?? routeDevice(proc, ip);
  if (!dev) return failed(`SIOCSARP: ${strerror('ENETUNREACH')}\n`);
  if (more.includes('pub')) {
    const made = newProxyNeigh(proc.netns, dev, ip);
    return made.ok ? DONE : failed(`SIOCSARP: ${strerror(made.error.errno)}\n`);
  }
  const state = more.includes('temp') ? ('STALE' as const) : ('PERMANENT' as const);
  const flags = { create: true, excl: false, replace: true };
  const done = newNeigh(proc.netns, { dev, ip, lladdr, state }, flags);
  return done.ok ? DONE : failed(`SIOCSARP: ${strerror(done.error.errno)}\n`);
}

/** arp_req_delete(). */
function remove(proc: Proc, words: readonly string[], given: NetDevice | undefined): Answer {
  const host = words[0];
  if (host === undefined) return failed('arp: need host name\n');
  const ip = parseIpv4(host);
  if (ip === undefined) return failed(`${host}: Host name lookup failure\n`);
  const dev = given ?? routeDevice(proc, ip);
  const done = dev ? delNeigh(proc.netns, dev, ip) : undefined;
  return done?.ok ? DONE : { out: `No ARP entry for ${host}\n`, error: '', code: 255 };
}

/** ip_route_output() with RTO_ONLINK: the address has to be on a link of ours. */
function routeDevice(proc: Proc, ip: number): NetDevice | undefined {
  const found = getRoute(proc.netns, { dst: ip }, 4);
  return found.ok && found.value.gateway === undefined ? found.value.dev : undefined;
}
