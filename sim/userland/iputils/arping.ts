import { err, ok, type Result } from '../../base/result';
import { IFF_LOOPBACK, IFF_NOARP, type NetDevice } from '../../linux/device/net-device';
import type { Errno } from '../../linux/errno';
import type { Program } from '../../linux/inode';
import { routeOutput } from '../../linux/ip/output';
import type { Proc } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import type { CapturedFrame } from '../../linux/socket/packet';
import { openPacket, openUdp } from '../../linux/socket/socket';
import type { Blocking } from '../../linux/wait-queue';
import { ARPOP_REPLY, ARPOP_REQUEST } from '../../wire/arp';
import { type ArpPacket, ETH_P_ARP, type Ipv4, type Mac } from '../../wire/frame';
import { formatIp } from '../../wire/ip';
import { formatMac } from '../../wire/mac';
import { gaiStrerror, getaddrinfo } from '../glibc/getaddrinfo';
import { getopt } from '../glibc/getopt';
import { inetAton } from '../glibc/inet-aton';
import { fail, strtolOrError } from './error';
import { versionText } from './version';

const ARPING_USAGE = `
Usage:
  arping [options] <destination>

Options:
  -f            quit on first reply
  -q            be quiet
  -b            keep on broadcasting, do not unicast
  -D            duplicate address detection mode
  -U            unsolicited ARP mode, update your neighbours
  -A            ARP answer mode, update your neighbours
  -V            print version and exit
  -c <count>    how many packets to send
  -w <timeout>  how long to wait for a reply
  -i <interval> set interval between packets (default: 1 second)
  -I <device>   which ethernet device to use
  -s <source>   source IP address
  <destination> DNS name or IP address

For more details see arping(8).
`;

/** struct run_state as the command line sets it. */
interface Options {
  broadcastOnly: boolean;
  dad: boolean;
  unsolicited: boolean;
  advert: boolean;
  quiet: boolean;
  quitOnReply: boolean;
  count: number;
  timeoutSec: number;
  intervalSec: number;
  device: string | undefined;
  source: string | undefined;
}

const INT_MAX = 2_147_483_647;

/** arping(8) of iputils 20221126. */
export const arping: Program = function* (proc, argv) {
  const parsed = getopt(argv, 'h?bfDUAqc:w:i:s:I:V');
  const options = defaults();
  for (const { name, value = '' } of parsed.ok ? parsed.options : parsed.before) {
    const stop = apply(options, name, value);
    if (stop === undefined) continue;
    if (stop === 'version') {
      yield* print(proc, versionText('arping'));
      return 0;
    }
    return yield* stop === 'usage' ? usage(proc, '') : fail(proc, 2, stop);
  }
  const target = parsed.ok ? parsed.operands[0] : undefined;
  if (!parsed.ok) return yield* usage(proc, parsed.error);
  if (target === undefined || parsed.operands.length !== 1) return yield* usage(proc, '');
  return yield* resolveAndRun(proc, target, options);
};

const defaults = (): Options => ({
  broadcastOnly: false,
  dad: false,
  unsolicited: false,
  advert: false,
  quiet: false,
  quitOnReply: false,
  count: -1,
  timeoutSec: 0,
  intervalSec: 1,
  device: undefined,
  source: undefined,
});

function* usage(proc: Proc, before: string): Blocking<number> {
  yield* printError(proc, before + ARPING_USAGE);
  return 2;
}

function apply(o: Options, name: string, value: string): string | undefined {
  const number = (min: number, set: (n: number) => void): string | undefined => {
    const n = strtolOrError(value, min, INT_MAX);
    if ('error' in n) return n.error;
    set(n.value);
    return undefined;
  };
  switch (name) {
    case 'b':
      o.broadcastOnly = true;
      return undefined;
    case 'D':
      o.dad = true;
      o.quitOnReply = true;
      return undefined;
    case 'A':
      o.advert = true;
      o.unsolicited = true;
      return undefined;
    case 'U':
      o.unsolicited = true;
      return undefined;
    case 'q':
      o.quiet = true;
      return undefined;
    case 'f':
      o.quitOnReply = true;
      return undefined;
    case 'c':
      return number(1, (n) => Object.assign(o, { count: n }));
    case 'w':
      return number(0, (n) => Object.assign(o, { timeoutSec: n }));
    case 'i':
      return number(0, (n) => Object.assign(o, { intervalSec: n }));
    case 'I':
      o.device = value === '' ? undefined : value;
      return undefined;
    case 's':
      o.source = value;
      return undefined;
    case 'V':
      return 'version';
    default:
      return 'usage';
  }
}

function* resolveAndRun(proc: Proc, target: string, options: Options): Blocking<number> {
  let gdst = inetAton(target);
  if (gdst === undefined) {
    const found = yield* getaddrinfo(proc, target, 4);
    if (typeof found === 'string') return yield* fail(proc, 2, `${target}: ${gaiStrerror(found)}`);
    const first = found.addresses[0];
    gdst = typeof first === 'number' ? first : 0;
  }
  const device = findDevice(proc, gdst, options);
  if (!device.ok) {
    if (device.error.out !== undefined) {
      if (!options.quiet) yield* print(proc, device.error.out);
      return device.error.code;
    }
    return yield* fail(proc, device.error.code, device.error.message ?? '');
  }
  const source = findSource(proc, device.value, gdst, options);
  if (!source.ok) return yield* fail(proc, 2, source.error.message, source.error.errno);
  return yield* eventLoop(new Arping(proc, options, device.value, { gsrc: source.value, gdst }));
}

interface DeviceFailure {
  readonly code: number;
  /** On standard output, unless quiet. */
  readonly out?: string;
  readonly message?: string;
}

/** guess_device(), check_device(), check_ifflags(). */
function findDevice(proc: Proc, gdst: Ipv4, options: Options): Result<NetDevice, DeviceFailure> {
  const name = options.device;
  const route = name === undefined ? routeOutput(proc.netns, { dst: gdst }) : undefined;
  const dev =
    name === undefined ? (route?.ok ? route.value.dev : undefined) : proc.netns.deviceByName(name);
  if (!dev) {
    if (name === undefined)
      return err({ code: 1, message: 'NETLINK_ROUTE unexpected iov element' });
    return err({ code: 2, message: `Device ${name} not available.` });
  }
  if (!dev.up) return err({ code: 2, out: `Interface "${dev.name}" is down\n` });
  if ((dev.flags & (IFF_NOARP | IFF_LOOPBACK)) !== 0 || dev.linkType !== 'ether') {
    return err({ code: options.dad ? 0 : 2, out: `Interface "${dev.name}" is not ARPable\n` });
  }
  return ok(dev);
}

interface SourceFailure {
  readonly message: string;
  readonly errno?: Errno;
}

/**
 * The source address: -s, the target's own for an announcement, else what a connected socket gets.
 */
function findSource(
  proc: Proc,
  dev: NetDevice,
  gdst: Ipv4,
  options: Options,
): Result<Ipv4, SourceFailure> {
  let gsrc = 0;
  if (options.source !== undefined) {
    const given = inetAton(options.source);
    if (given === undefined) return err({ message: `invalid source ${options.source}` });
    gsrc = given;
  } else if (options.dad) return ok(0);
  else if (options.unsolicited) gsrc = gdst;
  const { fd, sock } = openUdp(proc, 4);
  sock.sk.boundIfindex = dev.ifindex;
  const probed =
    gsrc !== 0 ? sock.bind({ addr: gsrc, port: 0 }) : sock.connect({ addr: gdst, port: 1025 });
  const local = sock.sk.local;
  proc.close(fd);
  if (!probed.ok) return err({ message: gsrc !== 0 ? 'bind' : 'connect', errno: probed.error });
  if (gsrc === 0 && typeof local === 'number') gsrc = local;
  if (gsrc === 0) return err({ message: 'no source address in not-DAD mode' });
  return ok(gsrc);
}

/** What one run counts. */
class Arping {
  sent = 0;
  broadcastSent = 0;
  received = 0;
  broadcastReceived = 0;
  requestsReceived = 0;
  unicasting = false;
  lastUs: number | undefined;
  /** Link-layer address the probes go to. */
  he: Mac;

  constructor(
    readonly proc: Proc,
    readonly options: Options,
    readonly dev: NetDevice,
    readonly addresses: { readonly gsrc: Ipv4; readonly gdst: Ipv4 },
  ) {
    this.he = dev.broadcast;
  }
}

/** event_loop(). */
function* eventLoop(run: Arping): Blocking<number> {
  const { proc, options, dev, addresses } = run;
  const { sock } = openPacket(proc, ETH_P_ARP);
  sock.bind(dev);
  if (!options.quiet) {
    const line = `ARPING ${formatIp(addresses.gdst)} from ${formatIp(addresses.gsrc)} ${dev.name}\n`;
    yield* print(proc, line);
  }
  for (const signal of ['INT', 'QUIT', 'TERM'] as const) proc.setDisposition(signal, 'catch');
  const startUs = proc.host.nowUs;
  const endUs = options.timeoutSec > 0 ? startUs + options.timeoutSec * 1e6 : undefined;
  let tickUs = startUs + options.intervalSec * 1e6;
  let ticks = 1;
  sendPack(run, sock);
  for (;;) {
    const next = Math.min(tickUs, endUs ?? tickUs);
    const left = next - proc.host.nowUs;
    const got = left > 0 ? sock.recv() : 'EAGAIN';
    if (typeof got !== 'string') {
      if (yield* receivePack(run, got)) break;
      continue;
    }
    if (left > 0) {
      yield { kind: 'wait', on: [sock.sk.readable], timeoutUs: left };
      if (proc.takeSignal()) break;
      continue;
    }
    if (proc.host.nowUs >= tickUs) {
      ticks++;
      tickUs += Math.max(1, options.intervalSec * 1e6);
      if (options.count > 0 && options.count < ticks) break;
      if (endUs !== undefined && proc.host.nowUs >= endUs) break;
      sendPack(run, sock);
    } else break;
  }
  return yield* finish(run);
}

/** send_pack(). */
function sendPack(run: Arping, sock: ReturnType<typeof openPacket>['sock']): void {
  const { dev, options, addresses, he } = run;
  const arp: ArpPacket = {
    kind: 'arp',
    op: options.advert ? ARPOP_REPLY : ARPOP_REQUEST,
    sha: dev.mac,
    spa: addresses.gsrc,
    tha: options.advert ? dev.mac : he,
    tpa: addresses.gdst,
  };
  run.lastUs = run.proc.host.nowUs;
  if (!sock.send(dev, { dst: he, src: dev.mac, payload: arp }).ok) return;
  run.sent++;
  if (!run.unicasting) run.broadcastSent++;
}

/** Whether an ARP packet answers us: the filters of recv_pack(). */
function isAnswer(run: Arping, arp: ArpPacket): boolean {
  const { gsrc, gdst } = run.addresses;
  if (arp.spa !== gdst) return false;
  if (!run.options.dad) return arp.tpa === gsrc && arp.tha === run.dev.mac;
  return arp.sha !== run.dev.mac && (gsrc === 0 || gsrc === arp.tpa);
}

/** recv_pack(). True: this was the last one. */
function* receivePack(run: Arping, { frame, pktType }: CapturedFrame): Blocking<boolean> {
  const arp = frame.payload;
  if (arp.kind !== 'arp') return false;
  if (pktType !== 'host' && pktType !== 'broadcast' && pktType !== 'multicast') return false;
  if (arp.op !== ARPOP_REQUEST && arp.op !== ARPOP_REPLY) return false;
  if (!isAnswer(run, arp)) return false;
  const { options, proc } = run;
  if (!options.quiet) yield* print(proc, answerText(run, arp, pktType === 'host'));
  run.received++;
  if (options.timeoutSec > 0 && run.received === options.count) return true;
  if (pktType !== 'host') run.broadcastReceived++;
  if (arp.op === ARPOP_REQUEST) run.requestsReceived++;
  if (options.quitOnReply) return true;
  if (!options.broadcastOnly) {
    run.he = arp.sha;
    run.unicasting = true;
  }
  return false;
}

function answerText(run: Arping, arp: ArpPacket, unicast: boolean): string {
  const { gsrc } = run.addresses;
  const kind = `${unicast ? 'Unicast' : 'Broadcast'} ${arp.op === ARPOP_REPLY ? 'reply' : 'request'}`;
  const mac = (m: Mac) => formatMac(m).toUpperCase();
  let text = `${kind} from ${formatIp(arp.spa)} [${mac(arp.sha)}] `;
  if (arp.tpa !== gsrc) text += `for ${formatIp(arp.tpa)} `;
  if (arp.tha !== run.dev.mac) text += `${arp.tpa === gsrc ? 'for ' : ''}[${mac(arp.tha)}]`;
  const us = run.proc.host.nowUs - (run.lastUs ?? run.proc.host.nowUs);
  const ms = Math.trunc((us + 500) / 1000);
  return `${text} ${ms}.${String(us - ms * 1000 + 500).padStart(3, '0')}ms\n`;
}

/** finish(): the totals and the exit code. */
function* finish(run: Arping): Blocking<number> {
  const { options, received, proc } = run;
  if (!options.quiet) {
    const kinds: string[] = [];
    if (run.requestsReceived > 0) kinds.push(`${run.requestsReceived} request(s)`);
    if (run.broadcastReceived > 0) kinds.push(`${run.broadcastReceived} broadcast(s)`);
    const more = kinds.length > 0 ? ` (${kinds.join(', ')})` : '';
    yield* print(proc, `Sent ${run.sent} probes (${run.broadcastSent} broadcast(s))\n`);
    yield* print(proc, `Received ${received} response(s)${more}\n`);
  }
  if (options.dad) return received > 0 ? 1 : 0;
  if (options.unsolicited) return 0;
  if (options.timeoutSec > 0 && options.count > 0 && !options.quitOnReply) {
    return options.count <= received ? 0 : 1;
  }
  return received > 0 ? 0 : 1;
}
