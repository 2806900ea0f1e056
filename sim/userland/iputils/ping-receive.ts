import { strerror } from '../../linux/errno';
import { print } from '../../linux/process-io';
import type { RawPacket } from '../../linux/socket/raw';
import type { ExtendedError } from '../../linux/socket/sock';
import type { Blocking } from '../../linux/wait-queue';
import { readEmbedded } from '../../wire/embedded';
import type { IcmpMessage, Icmpv6Message, Ip } from '../../wire/frame';
import {
  ICMP_ECHO,
  ICMP_ECHOREPLY,
  ICMP_REDIRECT,
  ICMP_SOURCE_QUENCH,
  isIcmpError,
} from '../../wire/icmp';
import { ICMPV6_ECHO_REPLY, ICMPV6_ECHO_REQUEST, isIcmpv6Error } from '../../wire/icmpv6';
import { formatIp, isLinkLocal6, isMulticast } from '../../wire/ip';
import { getnameinfo } from '../glibc/getaddrinfo';
import { warn } from './error';
import { icmp6Text, icmpText } from './icmp-text';
import { type PingRun, stampText } from './ping-run';
import { tripText } from './ping-stats';

/** One recvmsg() of main_loop(). False: nothing is there. */
export function* receiveReply(run: PingRun): Blocking<boolean> {
  const got = run.raw.recv();
  if (got === 'EAGAIN') {
    if (!run.raw.sk.hasErrors) return false;
    yield* receiveErrorMessage(run);
    return true;
  }
  if (typeof got === 'string') {
    if (!run.raw.sk.hasErrors) {
      yield* warn(run.proc, 'recvmsg', got);
      return false;
    }
    yield* receiveErrorMessage(run);
    return true;
  }
  const l4 = got.packet.payload;
  if (l4.kind === 'icmp') yield* parseReply4(run, got, l4);
  if (l4.kind === 'icmpv6') yield* parseReply6(run, got, l4);
  return true;
}

const isOurs = (run: PingRun, rest: number): boolean => Math.floor(rest / 65_536) === run.ident;

/** ping4_parse_reply(). */
function* parseReply4(run: PingRun, got: RawPacket, icmp: IcmpMessage): Blocking<void> {
  if (icmp.type === ICMP_ECHOREPLY) {
    if (isOurs(run, icmp.rest)) yield* echoReply(run, got, icmp);
    return;
  }
  if (icmp.type === ICMP_ECHO) return;
  if (isIcmpError(icmp.type)) {
    const seq = embeddedSeq(run, icmp.data, ICMP_ECHO);
    if (seq === undefined) return;
    if (icmp.type !== ICMP_REDIRECT && icmp.type !== ICMP_SOURCE_QUENCH) {
      run.stats.acknowledge(seq);
      return;
    }
    if (run.options.quiet || run.options.flood) return;
    const from = yield* addressText(run, got.packet.src, got.ifindex);
    const what = icmpText(icmp.type, icmp.code, icmp.rest);
    yield* print(run.proc, `${stampText(run)}From ${from}: icmp_seq=${seq} ${what}\n`);
    return;
  }
  if (!run.options.verbose) return;
  const from = yield* addressText(run, got.packet.src, got.ifindex);
  yield* print(run.proc, `From ${from}: ${icmpText(icmp.type, icmp.code, icmp.rest)}\n`);
}

/** ping6_parse_reply(). */
function* parseReply6(run: PingRun, got: RawPacket, icmp: Icmpv6Message): Blocking<void> {
  if (icmp.type === ICMPV6_ECHO_REPLY) {
    if (isOurs(run, icmp.rest)) yield* echoReply(run, got, icmp);
    return;
  }
  if (!isIcmpv6Error(icmp.type)) return;
  const seq = embeddedSeq(run, icmp.data, ICMPV6_ECHO_REQUEST);
  if (seq !== undefined) run.stats.acknowledge(seq);
}

/** The sequence number of our probe in an ICMP error; undefined if it was not ours. */
function embeddedSeq(run: PingRun, data: Uint8Array, type: number): number | undefined {
  const inner = readEmbedded(data);
  if (!inner.ok || inner.value.dst !== run.dst) return undefined;
  const { icmp, payload } = inner.value;
  if (icmp?.type !== type || icmp.id !== run.ident) return undefined;
  return ((payload[6] ?? 0) << 8) | (payload[7] ?? 0);
}

/** gather_statistics() and what it prints. */
function* echoReply(
  run: PingRun,
  got: RawPacket,
  icmp: IcmpMessage | Icmpv6Message,
): Blocking<void> {
  const { options, stats, proc } = run;
  const seq = icmp.rest & 0xffff;
  const sentAt = run.sentAtUs.get(seq);
  const trip = run.timing && sentAt !== undefined ? Math.max(0, got.atUs - sentAt) : undefined;
  const duplicate = stats.gather(seq, trip);
  // update_interval(): -A keeps one probe in flight, at the pace of the answers.
  if (options.adaptive) options.intervalMs = Math.trunc((Math.trunc(stats.rtt / 8) + 500) / 1000);
  if (options.quiet) return;
  if (options.flood) {
    yield* print(proc, '\b \b');
    return;
  }
  const bytes = icmp.data.length + 8;
  const { packet } = got;
  const hops = packet.kind === 'ipv4' ? packet.ttl : packet.hopLimit;
  const from = yield* addressText(run, packet.src, got.ifindex);
  const ident = options.verbose ? ` ident=${run.ident}` : '';
  let line = `${stampText(run)}${bytes} bytes from ${from}: icmp_seq=${seq}${ident} ttl=${hops}`;
  if (bytes < options.size + 8) line += ' (truncated)';
  else {
    if (trip !== undefined) line += tripText(trip);
    const group = options.broadcast || isMulticast(run.dst);
    if (duplicate && (!group || options.verbose)) line += ' (DUP!)';
    if (isStranger(run, packet.src)) line += ' (DIFFERENT ADDRESS!)';
  }
  yield* print(proc, `${options.audible ? '\x07' : ''}${line}\n`);
}

/** Someone else answered: no matter when a group was asked. */
function isStranger(run: PingRun, src: Ip): boolean {
  const { dst } = run;
  return !run.options.broadcast && src !== dst && !isMulticast(dst);
}

/** ping4_receive_error_msg(), ping6_receive_error_msg(): > 0 network errors, < 0 local ones. */
export function* receiveErrorMessage(run: PingRun): Blocking<number> {
  const error = run.raw.sk.takeExtendedError();
  if (!error) return 0;
  const { options, stats, proc } = run;
  if (error.origin === 'local') {
    stats.errors++;
    if (options.quiet) return -1;
    if (options.flood) yield* print(proc, 'E');
    else yield* warn(proc, `local error: ${localText(run, error)}`);
    return -1;
  }
  const seq = errorSeq(run, error);
  if (seq === undefined) return 0;
  stats.acknowledge(seq);
  stats.errors++;
  run.raw.icmpFilter = onlyReplies(run);
  if (options.quiet) return 1;
  if (options.flood) {
    yield* print(proc, '\bE');
    return 1;
  }
  const from = yield* addressText(run, error.offender ?? 0, undefined);
  const text = error.origin === 'icmp' ? icmpText : icmp6Text;
  const what = text(error.type, error.code, error.info);
  yield* print(proc, `${stampText(run)}From ${from} icmp_seq=${seq} ${what}\n`);
  return 1;
}

function localText(run: PingRun, error: ExtendedError): string {
  if (error.errno !== 'EMSGSIZE') return strerror(error.errno);
  const mtu = typeof run.dst === 'number' ? `mtu=${error.info}` : `mtu: ${error.info}`;
  return `message too long, ${mtu}`;
}

/** The ICMP header in the queued error is what was sent. */
function errorSeq(run: PingRun, error: ExtendedError): number | undefined {
  const { data } = error;
  const request = typeof run.dst === 'number' ? ICMP_ECHO : ICMPV6_ECHO_REQUEST;
  if (data.length < 8 || error.dst.addr !== run.dst || data[0] !== request) return undefined;
  if ((((data[4] ?? 0) << 8) | (data[5] ?? 0)) !== run.ident) return undefined;
  return ((data[6] ?? 0) << 8) | (data[7] ?? 0);
}

/** After the first error the error queue tells more than the packets do. */
const onlyReplies = (run: PingRun): ((type: number) => boolean) =>
  typeof run.dst === 'number'
    ? (type) => type === ICMP_ECHOREPLY || type === ICMP_REDIRECT || type === ICMP_SOURCE_QUENCH
    : (type) => type === ICMPV6_ECHO_REPLY;

/** pr_addr(): with a name, if one is wanted and known. */
function* addressText(run: PingRun, ip: Ip, ifindex: number | undefined): Blocking<string> {
  const known = run.names.get(ip);
  if (known !== undefined) return known;
  const name = run.options.numeric ? undefined : yield* getnameinfo(run.proc, ip);
  const linkLocal = typeof ip === 'bigint' && isLinkLocal6(ip) && ifindex !== undefined;
  const zone = linkLocal ? `%${run.proc.netns.deviceByIndex(ifindex)?.name ?? ifindex}` : '';
  const address = formatIp(ip) + zone;
  const text = name === undefined ? address : `${name} (${address})`;
  run.names.set(ip, text);
  return text;
}
