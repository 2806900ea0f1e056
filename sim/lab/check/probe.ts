import type { TraceEvent } from '../../linux/trace';
import type { World } from '../../linux/world';
import { formatIp, parseIp } from '../../wire/ip';
import type { TargetSpec } from '../check-schema';
import type { Driven } from '../drive';
import { packetOf } from '../explain';
import { type Place, type Ran, runProgram } from '../place';

/** What an attempt to reach something found out. */
export interface Probe {
  readonly reached: boolean;
  /** What of `expect` was not met, said plainly; undefined when all was. */
  readonly unmet?: { readonly en: string; readonly ko: string } | undefined;
  readonly events: readonly TraceEvent[];
}

const PROBE_TIMEOUT_US = 20_000_000;

/** The command a person would use to try it. */
function commandFor(to: TargetSpec): { readonly argv: readonly string[]; readonly stdin?: string } {
  if (to.http) {
    const host = to.ip.includes(':') ? `[${to.ip}]` : to.ip;
    const header = to.http.host ? ['-H', `Host: ${to.http.host}`] : [];
    const url = `http://${host}:${to.http.port}${to.http.path}`;
    return { argv: ['curl', '-s', '-m', '5', '-w', '\\n%{http_code}', ...header, url] };
  }
  if (to.tcp !== undefined) return { argv: ['nc', '-z', '-w', '3', to.ip, String(to.tcp)] };
  if (to.udp !== undefined) {
    return { argv: ['nc', '-u', '-w', '1', to.ip, String(to.udp)], stdin: 'hopwise\n' };
  }
  const size = to.size === undefined ? [] : ['-s', String(to.size), '-M', 'do'];
  return { argv: ['ping', '-n', '-c', '1', '-W', '2', ...size, to.ip] };
}

function reachedBy(to: TargetSpec, ran: Ran): boolean {
  if (to.udp !== undefined) return ran.stdout !== '';
  return ran.code === 0;
}

/** Sends from a place and listens to the trace meanwhile. */
export function* probe(world: World, from: Place, to: TargetSpec): Driven<Probe> {
  const events: TraceEvent[] = [];
  const { argv, stdin } = commandFor(to);
  world.tracer.listen((event) => events.push(event));
  const startUs = world.nowUs;
  const ran = yield* runProgram(world, from, argv, { stdin, timeoutUs: PROBE_TIMEOUT_US });
  world.tracer.listen(undefined);
  const reached = reachedBy(to, ran);
  const unmet = reached ? unmetOf(to, ran, events, world.nowUs - startUs) : undefined;
  return { reached, unmet, events };
}

/** `body\nSTATUS` as curl's -w left it. */
function unmetOf(
  to: TargetSpec,
  ran: Ran,
  events: readonly TraceEvent[],
  tookUs: number,
): Probe['unmet'] {
  const want = to.expect;
  if (!want) return undefined;
  const at = ran.stdout.lastIndexOf('\n');
  const body = to.http ? ran.stdout.slice(0, at) : ran.stdout;
  const status = to.http ? Number(ran.stdout.slice(at + 1)) : undefined;
  if (want.status !== undefined && status !== want.status) {
    return said(
      `the status was ${status}, not ${want.status}`,
      `상태 코드가 ${want.status}이(가) 아니라 ${status}였어요`,
    );
  }
  if (want.body !== undefined && !body.includes(want.body)) {
    return said(`the answer does not hold "${want.body}"`, `답에 "${want.body}"이(가) 없어요`);
  }
  if (want.sourceSeen !== undefined) {
    const seen = /from (\S+)\s*$/.exec(body)?.[1] ?? sourceSeen(to, events);
    if (seen !== want.sourceSeen) {
      return said(
        `the server saw ${seen ?? 'no one'} as the client, not ${want.sourceSeen}`,
        `서버가 본 클라이언트는 ${want.sourceSeen}이(가) 아니라 ${seen ?? '없음'}이었어요`,
      );
    }
  }
  if (want.fragments !== undefined && events.some(isFragment) !== want.fragments) {
    return want.fragments
      ? said('the packet was not fragmented', '패킷이 단편화되지 않았어요')
      : said('the packet was fragmented', '패킷이 단편화됐어요');
  }
  if (want.latencyMs !== undefined && tookUs > want.latencyMs * 1000) {
    return said(
      `it took ${(tookUs / 1000).toFixed(1)} ms`,
      `${(tookUs / 1000).toFixed(1)} ms 걸렸어요`,
    );
  }
  return undefined;
}

const said = (en: string, ko: string): { en: string; ko: string } => ({ en, ko });

/** The source address with which a packet was delivered to the target itself. */
function sourceSeen(to: TargetSpec, events: readonly TraceEvent[]): string | undefined {
  const target = parseIp(to.ip);
  for (const event of events) {
    const packet = packetOf(event);
    if (event.verdict !== 'deliver' || (packet?.kind !== 'ipv4' && packet?.kind !== 'ipv6'))
      continue;
    if (packet.dst === target) return formatIp(packet.src);
  }
  return undefined;
}

const isFragment = (event: TraceEvent): boolean => {
  const packet = packetOf(event);
  if (packet?.kind === 'ipv4') return packet.mf || packet.fragOffset > 0;
  return packet?.kind === 'ipv6' && packet.fragment !== undefined;
};
