import type { NetDevice } from '../../linux/device/net-device';
import { strerror } from '../../linux/errno';
import type { Neighbour } from '../../linux/ip/neighbour';
import type { Proc } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import { delNeigh, dumpNeigh, newNeigh, newProxyNeigh } from '../../linux/rtnetlink/neigh';
import { getRoute } from '../../linux/rtnetlink/route';
import type { Process } from '../../linux/wait-queue';
import { formatIp, parseIpv4 } from '../../wire/ip';
import { formatMac } from '../../wire/mac';
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
  if (options.dev !== undefined && !dev) {
    yield* printError(proc, `arp: device '${options.dev}' does not exist\n`);
    return 255;
  }
  const answer =
    options.action === 'show'
      ? show(proc, options, dev)
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
    else if (word === '--device') options.dev = argv[++i];
    else {
      for (const letter of word.slice(1)) {
        if (letter === 's') options.action = 'set';
        else if (letter === 'd') options.action = 'delete';
        else if (letter === 'a') options.bsd = true;
        else if (letter === 'e') options.bsd = false;
        else if (letter === 'i') options.dev = argv[++i];
        else if (!'nvN'.includes(letter)) {
          if ('DfHtA'.includes(letter)) {
            return { text: `hopwise: arp: -${letter} is not simulated\n`, code: 2 };
          }
          return { text: ARP_USAGE, code: 255 };
        }
      }
    }
  }
  return options;
}

const HEADER = 'Address                  HWtype  HWaddress           Flags Mask            Iface\n';

/** arp_show(): /proc/net/arp leaves NOARP entries out. */
function show(proc: Proc, options: Options, dev: NetDevice | undefined): Answer {
  const host = options.rest[0];
  const wanted = host === undefined ? undefined : parseIpv4(host);
  if (host !== undefined && wanted === undefined)
    return failed(`${host}: Host name lookup failure\n`);
  const found = dumpNeigh(proc.netns, 4).filter(
    (n) =>
      n.state !== 'NOARP' && (!dev || n.dev === dev) && (wanted === undefined || n.ip === wanted),
  );
  if (found.length === 0) {
    return host === undefined ? DONE : { ...DONE, out: `${host} (${host}) -- no entry\n` };
  }
  if (options.bsd) return { ...DONE, out: found.map(bsdLine).join('') };
  return { ...DONE, out: HEADER + found.map(line).join('') };
}

const complete = (n: Neighbour): boolean =>
  n.lladdr !== undefined && n.state !== 'INCOMPLETE' && n.state !== 'FAILED' && n.state !== 'NONE';

/** arp_disp_2(). */
function line(n: Neighbour): string {
  const known = complete(n) && n.lladdr !== undefined;
  const type = known ? 'ether' : '';
  const mac = known ? formatMac(n.lladdr ?? 0) : '(incomplete)';
  const flags = known ? `C${n.state === 'PERMANENT' ? 'M' : ''}` : '';
  const start = `${formatIp(n.ip).padEnd(23)}  ${type.padEnd(8)}${mac.padEnd(20)}`;
  return `${start}${flags.padEnd(6)}${''.padEnd(15)} ${n.dev.name}\n`;
}

/** arp_disp() of -a. */
function bsdLine(n: Neighbour): string {
  const known = complete(n) && n.lladdr !== undefined;
  const mac = known ? `${formatMac(n.lladdr ?? 0)} [ether]` : '<incomplete>';
  const permanent = n.state === 'PERMANENT' ? ' PERM' : '';
  return `? (${formatIp(n.ip)}) at ${mac}${permanent} on ${n.dev.name}\n`;
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
  return done?.ok ? DONE : failed(`No ARP entry for ${host}\n`);
}

/** ip_route_output() with RTO_ONLINK: the address has to be on a link of ours. */
function routeDevice(proc: Proc, ip: number): NetDevice | undefined {
  const found = getRoute(proc.netns, { dst: ip }, 4);
  return found.ok && found.value.gateway === undefined ? found.value.dev : undefined;
}
