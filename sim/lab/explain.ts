import type { DropReason, TraceEvent } from '../linux/trace';
import type { ArpPacket, Ip, IpPacket, L3 } from '../wire/frame';
import { formatIp } from '../wire/ip';
import type { FailRule } from './check-schema';
import { type Words, words } from './words';

/** What a failed probe's trace tells: the words, and the packet to open. */
export interface Explanation {
  readonly text: Words;
  readonly packetId: number | null;
}

export const packetOf = (event: TraceEvent): L3 | undefined => event.packet ?? event.frame?.payload;

const isIp = (packet: L3 | undefined): packet is IpPacket =>
  packet?.kind === 'ipv4' || packet?.kind === 'ipv6';

const isArp = (packet: L3 | undefined): packet is ArpPacket => packet?.kind === 'arp';

/** The steps of packets from or to an address, the ARP for it, and what was made from those packets. */
export function eventsAbout(events: readonly TraceEvent[], target: Ip): readonly TraceEvent[] {
  const ids = new Set<number>();
  for (const event of events) {
    const packet = packetOf(event);
    const isAbout =
      (isIp(packet) && (packet.dst === target || packet.src === target)) ||
      (isArp(packet) && (packet.tpa === target || packet.spa === target)) ||
      (event.parentId !== undefined && ids.has(event.parentId));
    if (isAbout) ids.add(event.packetId);
  }
  return events.filter((event) => ids.has(event.packetId));
}

/** `node01`, `red on node01`. */
const whereOf = (event: TraceEvent, language: 'en' | 'ko'): string => {
  const place =
    event.netns === ''
      ? event.host
      : language === 'en'
        ? `${event.netns} on ${event.host}`
        : `${event.host}의 ${event.netns}`;
  return event.dev ? `${place} (${event.dev})` : place;
};

type Say = readonly [
  en: (where: string, event: TraceEvent) => string,
  ko: (where: string, event: TraceEvent) => string,
];

const noRoute: Say = [
  (where) =>
    `no route: the routing table of ${where} has no entry for it. Look at "ip route" there.`,
  (where) =>
    `경로가 없어요: ${where}의 라우팅 테이블에 맞는 항목이 없어요. 그곳에서 "ip route"를 보세요.`,
];
const nobodyAnswered: Say = [
  (where) =>
    `nobody answered ARP for the next hop, asked by ${where}. Look at "ip neigh" there, and at the other end's address and link state.`,
  (where) =>
    `다음 홉에 대한 ARP에 아무도 답하지 않았어요(물은 곳: ${where}). 그곳의 "ip neigh"와 상대편의 주소, 링크 상태를 보세요.`,
];
const linkDown: Say = [
  (where) => `the link is down at ${where}. Look at "ip link" there.`,
  (where) => `${where}의 링크가 내려가 있어요. 그곳에서 "ip link"를 보세요.`,
];

/** Data table: what a learner is told for a drop reason. */
const SAYINGS: Partial<Record<DropReason, Say>> = {
  IP_OUTNOROUTES: noRoute,
  IP_INNOROUTES: noRoute,
  NEIGH_FAILED: nobodyAnswered,
  NEIGH_QUEUEFULL: nobodyAnswered,
  DEV_READY: linkDown,
  LINK_DOWN: linkDown,
  FORWARDING_OFF: [
    (where) => `${where} is not the destination and does not forward: net.ipv4.ip_forward is 0.`,
    (where) => `${where}는 목적지가 아닌데 포워딩도 꺼져 있어요: net.ipv4.ip_forward가 0이에요.`,
  ],
  TTL_EXPIRED: [
    (where) => `the TTL ran out at ${where}: a routing loop?`,
    (where) => `${where}에서 TTL이 다했어요. 라우팅이 돌고 있지 않나요?`,
  ],
  NETFILTER_DROP: [
    (where, e) => `a packet filter rule dropped it at ${where}${ruleText(e)}.`,
    (where, e) => `${where}에서 패킷 필터 규칙이 버렸어요${ruleText(e)}.`,
  ],
  IP_RPFILTER: [
    (where) => `the reverse path filter of ${where} dropped it: the way back leads elsewhere.`,
    (where) => `${where}의 역경로 필터가 버렸어요: 돌아가는 길이 다른 곳을 가리켜요.`,
  ],
  PKT_TOO_BIG: [
    (where) => `it is larger than the MTU at ${where}.`,
    (where) => `${where}의 MTU보다 커요.`,
  ],
  NO_SOCKET: [
    (where) =>
      `it arrived at ${where}, but no process listens on that port there. Look at "ss -ltnu".`,
    (where) => `${where}까지 갔지만 그 포트를 듣는 프로세스가 없어요. "ss -ltnu"를 보세요.`,
  ],
  OTHERHOST: [
    (where) => `it came to ${where} with another machine's MAC address.`,
    (where) => `다른 장치의 MAC 주소를 달고 ${where}에 왔어요.`,
  ],
};

const ruleText = (event: TraceEvent): string =>
  event.rule
    ? ` (${event.detail ?? `${event.rule.table} ${event.rule.chain} ${event.rule.number}`})`
    : '';

const sayDrop = (event: TraceEvent): Words =>
  words((language) => {
    const where = whereOf(event, language);
    const say = event.reason && SAYINGS[event.reason];
    if (say) return say[language === 'en' ? 0 : 1](where, event);
    const detail = `${event.stage}, ${event.reason ?? 'NOT_SPECIFIED'}${event.detail ? `: ${event.detail}` : ''}`;
    return language === 'en'
      ? `it was dropped at ${where} (${detail}).`
      : `${where}에서 버려졌어요 (${detail}).`;
  });

/** Why `target` did not answer, from the trace of the attempt. */
export function explain(
  events: readonly TraceEvent[],
  target: Ip,
  rules: readonly FailRule[] = [],
): Explanation {
  const about = eventsAbout(events, target);
  const own = rules.find(
    (rule) => about.some((event) => matches(event, rule)) || rule.when.verdict === 'none',
  );
  const drop = about.findLast((event) => event.verdict === 'drop');
  if (own) {
    const at = about.findLast((event) => matches(event, own)) ?? drop;
    return { text: { en: own.say.en, ko: own.say.ko }, packetId: at?.packetId ?? null };
  }
  const name = formatIp(target);
  if (drop) {
    const said = sayDrop(drop);
    const text = { en: `To ${name}: ${said.en}`, ko: `${name}(으)로 가는 길: ${said.ko}` };
    return { text, packetId: drop.packetId };
  }
  const last = about.at(-1);
  if (last && isArp(packetOf(last)) && !about.some((event) => isIp(packetOf(event)))) {
    const text = {
      en: `Nobody answered the ARP request for ${name}.`,
      ko: `${name}에 대한 ARP 요청에 아무도 답하지 않았어요.`,
    };
    return { text, packetId: last.packetId };
  }
  const text = {
    en: last
      ? `No answer came back from ${name}.`
      : `Nothing was sent to ${name}: there is no route to it from here.`,
    ko: last
      ? `${name}에서 답이 돌아오지 않았어요.`
      : `${name}(으)로 아무것도 나가지 않았어요: 여기서 가는 경로가 없어요.`,
  };
  return { text, packetId: last?.packetId ?? null };
}

function matches(event: TraceEvent, { when }: FailRule): boolean {
  const { at } = when;
  return (
    (when.verdict === undefined || event.verdict === when.verdict) &&
    (when.reason === undefined || event.reason === when.reason) &&
    (at?.host === undefined || event.host === at.host) &&
    (at?.netns === undefined || event.netns === at.netns) &&
    (at?.dev === undefined || event.dev === at.dev) &&
    (at?.stage === undefined || event.stage === at.stage) &&
    (at?.chain === undefined || event.rule?.chain === at.chain || event.stage === at.chain)
  );
}
