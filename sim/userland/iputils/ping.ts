import type { Program } from '../../linux/inode';
import type { Proc } from '../../linux/process';
import { print, printError } from '../../linux/process-io';
import { openRaw } from '../../linux/socket/socket';
import type { Blocking } from '../../linux/wait-queue';
import { IPPROTO_ICMP, IPPROTO_ICMPV6, type Ip } from '../../wire/frame';
import { formatIp, isLinkLocal6, isMulticast } from '../../wire/ip';
import { gaiStrerror, getaddrinfo, getnameinfo } from '../glibc/getaddrinfo';
import { fail, warn } from './error';
import { mainLoop } from './ping-loop';
import { type ParsedPing, type PingOptions, parsePing } from './ping-options';
import type { PingRun } from './ping-run';
import { PingStats } from './ping-stats';
import { preparePing, type Target } from './ping-target';
import { PING_USAGE } from './ping-usage';
import { versionText } from './version';

/** ping(8) of iputils 20221126; ping4 and ping6 are the same program. */
export const ping: Program = function* (proc, argv) {
  const parsed = parsePing(argv);
  if (parsed.kind !== 'run') return yield* refuse(proc, parsed);
  const { options, target: name } = parsed;
  for (const warning of options.warnings) yield* warn(proc, warning);
  if (options.verbose) yield* printError(proc, socketsText(options.family));
  const found = yield* getaddrinfo(proc, name, options.family);
  if (typeof found === 'string') return yield* fail(proc, 2, `${name}: ${gaiStrerror(found)}`);
  if (found.numeric) options.numeric = true;
  const hostname = found.numeric ? name : found.canonName;
  let code = 2;
  for (const addr of found.addresses) {
    if (options.verbose) {
      const family = typeof addr === 'number' ? 'AF_INET' : 'AF_INET6';
      yield* print(proc, `ai->ai_family: ${family}, ai->ai_canonname: '${hostname}'\n`);
    }
    code = yield* pingOne(proc, { addr, scopeId: found.scopeId, hostname }, options);
    if (code === 0 || found.addresses.length === 1) break;
  }
  return code;
};

/** main() with -v: the sockets that it opened, one for each family that may be used. */
function socketsText(family: 4 | 6 | undefined): string {
  const four = family === 6 ? '-1 (socktype: 0)' : '3 (socktype: SOCK_RAW)';
  const six = family === 4 ? '-1 (socktype: 0)' : `${family === 6 ? 3 : 4} (socktype: SOCK_RAW)`;
  const name = family === undefined ? 'AF_UNSPEC' : family === 4 ? 'AF_INET' : 'AF_INET6';
  return `ping: sock4.fd: ${four}, sock6.fd: ${six}, hints.ai_family: ${name}\n\n`;
}

function* refuse(proc: Proc, parsed: Exclude<ParsedPing, { kind: 'run' }>): Blocking<number> {
  switch (parsed.kind) {
    case 'usage':
      yield* printError(proc, `${parsed.error}${PING_USAGE}`);
      return 2;
    case 'version':
      yield* print(proc, versionText('ping'));
      return 0;
    case 'noTarget':
      return yield* fail(proc, 1, 'usage error', 'EDESTADDRREQ');
    case 'error':
      return yield* fail(proc, parsed.status, parsed.text);
    default:
      yield* printError(proc, `hopwise: ping: ${parsed.option} is not simulated\n`);
      return 2;
  }
}

/** The most bytes that are kept of a probe: a larger one is refused by the kernel in any case. */
const MAX_DATA = 65_536;

function* pingOne(proc: Proc, target: Target, options: PingOptions): Blocking<number> {
  const v4 = typeof target.addr === 'number';
  const { sock: raw } = openRaw(proc, v4 ? 4 : 6, v4 ? IPPROTO_ICMP : IPPROTO_ICMPV6);
  const prepared = preparePing(proc, raw, target, options);
  if (!prepared.ok) return yield* fail(proc, 2, prepared.error.message, prepared.error.errno);
  const { dst, source, warnings } = prepared.value;
  for (const warning of warnings) yield* printError(proc, warning);
  const named = options.device !== undefined || options.sourceAddr !== undefined;
  const from = named || options.strictSource;
  const head = yield* headline(proc, { target, options, dst, source: from ? source : undefined });
  yield* print(proc, head);
  const run: PingRun = {
    proc,
    raw,
    options,
    stats: new PingStats(),
    dst,
    scopeId: target.scopeId,
    hostname: target.hostname,
    ident: options.ident ?? proc.pid & 0xffff,
    data: payload(Math.min(options.size, MAX_DATA), options.pattern),
    names: new Map(),
    timing: options.size >= 16,
    sentAtUs: new Map(),
  };
  return yield* mainLoop(run);
}

/** fill(): counting bytes, or the pattern of -p again and again. */
function payload(size: number, pattern: readonly number[] | undefined): Uint8Array {
  const data = new Uint8Array(size);
  for (let i = 0; i < size; i++) data[i] = pattern ? (pattern[i % pattern.length] ?? 0) : i;
  return data;
}

interface Headline {
  readonly target: Target;
  readonly options: PingOptions;
  readonly dst: Ip;
  readonly source: Ip | undefined;
}

function* headline(proc: Proc, { target, options, dst, source }: Headline): Blocking<string> {
  const { size } = options;
  const device = options.device ?? '';
  const pattern =
    options.pattern && !options.quiet
      ? `PATTERN: 0x${options.pattern.map((b) => b.toString(16).padStart(2, '0')).join('')}\n`
      : '';
  if (typeof dst === 'number') {
    const from = source === undefined ? '' : `from ${formatIp(source)} ${device}: `;
    const bytes = `${size}(${size + 28}) bytes of data.`;
    return `${pattern}PING ${target.hostname} (${formatIp(dst)}) ${from}${bytes}\n`;
  }
  const zone = scopeName(proc, dst, target.scopeId);
  const name = options.numeric ? undefined : yield* getnameinfo(proc, dst);
  const shown = name === undefined ? formatIp(dst) + zone : `${name} (${formatIp(dst)}${zone})`;
  const from = source === undefined ? '' : `from ${formatIp(source)} ${device}: `;
  return `${pattern}PING ${target.hostname}(${shown}) ${from}${size} data bytes\n`;
}

function scopeName(proc: Proc, addr: bigint, scopeId: number | undefined): string {
  const scoped = isLinkLocal6(addr) || isMulticast(addr);
  if (!scoped || scopeId === undefined) return '';
  return `%${proc.netns.deviceByIndex(scopeId)?.name ?? scopeId}`;
}
