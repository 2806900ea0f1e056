import { familyOf } from '../../wire/ip';
import type { BgpConfig, ChannelConfig, ProtoOf } from './config';
import type { Parser } from './parser';

/** bgp_proto of proto/bgp/config.Y: one item, without its `;`. */
export function parseBgpItem(p: Parser, bgp: BgpConfig): void {
  const item = ITEMS[p.peek().kind];
  if (!item) {
    if (NOT_SIMULATED.has(p.peek().kind)) p.notSimulated(`bgp: ${p.peek().text}`);
    else p.unexpected();
    return;
  }
  p.next();
  item(p, bgp);
}

const NOT_SIMULATED: ReadonlySet<string> = new Set(
  'PASSWORD BFD CONFEDERATION DYNAMIC TTL REQUIRE ADVERTISE LONG FREE DETERMINISTIC ENFORCE SETKEY MIN'.split(
    ' ',
  ),
);

function seconds(p: Parser, ...words: readonly string[]): number {
  for (const word of words) p.expect(word);
  return p.number();
}

/** An option that is a word and a bool after `words`. */
const option =
  (set: (bgp: BgpConfig, on: boolean) => void, ...words: readonly string[]) =>
  (p: Parser, bgp: BgpConfig): void => {
    for (const word of words) p.expect(word);
    set(bgp, p.bool());
  };

const ITEMS: Readonly<Record<string, (p: Parser, bgp: BgpConfig) => void>> = {
  LOCAL: (p, bgp) => {
    if (p.is('ROLE')) p.notSimulated('bgp: local role');
    if (!p.is('AS', 'PORT', "';'")) {
      bgp.localIp = p.address();
      if (p.take("'%'")) bgp.iface = p.next().text;
    }
    while (p.is('AS', 'PORT')) {
      if (p.take('AS')) bgp.localAs = p.number();
      else if (p.take('PORT')) bgp.localPort = p.number();
    }
  },
  NEIGHBOR: neighbor,
  INTERFACE: (p, bgp) => {
    bgp.iface = p.expect('TEXT').text;
  },
  RR: (p, bgp) => {
    if (p.take('CLIENT')) bgp.rrClient = p.bool();
    else {
      p.expect('CLUSTER', 'CLIENT');
      p.expect('ID');
      bgp.rrClusterId = p.routerId();
    }
  },
  RS: option((bgp, on) => {
    bgp.rsClient = on;
  }, 'CLIENT'),
  HOLD: (p, bgp) => {
    bgp.holdTime = seconds(p, 'TIME');
    p.peek();
    if ((bgp.holdTime > 0 && bgp.holdTime < 3) || bgp.holdTime > 65_535) {
      p.fail('Hold time must be in range 3-65535 or zero');
    }
  },
  STARTUP: (p, bgp) => {
    bgp.initialHoldTime = seconds(p, 'HOLD', 'TIME');
  },
  KEEPALIVE: (p, bgp) => {
    bgp.keepaliveTime = seconds(p, 'TIME');
    p.peek();
    if (bgp.keepaliveTime < 1 || bgp.keepaliveTime > 65_535) {
      p.fail('Keepalive time must be in range 1-65535');
    }
  },
  DIRECT: (_p, bgp) => {
    bgp.multihop = 0;
  },
  MULTIHOP: (p, bgp) => {
    bgp.multihop = p.is("';'") ? 64 : p.number();
    p.peek();
    if (bgp.multihop < 1 || bgp.multihop > 255) p.fail('Multihop must be in range 1-255');
  },
  SOURCE: (p, bgp) => {
    p.expect('ADDRESS');
    bgp.localIp = p.address();
  },
  CONNECT: (p, bgp) => {
    if (p.take('DELAY')) bgp.connectDelay = seconds(p, 'TIME');
    else bgp.connectRetry = seconds(p, 'RETRY', 'TIME');
  },
  START: (p, bgp) => {
    bgp.connectDelay = seconds(p, 'DELAY', 'TIME');
  },
  ERROR: (p, bgp) => {
    if (p.take('FORGET')) {
      bgp.errorForget = seconds(p, 'TIME');
      return;
    }
    bgp.errorWaitMin = seconds(p, 'WAIT', 'TIME');
    p.expect("','");
    bgp.errorWaitMax = p.number();
  },
  PASSIVE: option((bgp, on) => {
    bgp.passive = on;
  }),
  DEFAULT: (p, bgp) => {
    if (p.take('BGP_MED')) bgp.defaultMed = p.number();
    else {
      p.expect('BGP_LOCAL_PREF', 'BGP_MED');
      bgp.defaultLocalPref = p.number();
    }
  },
  MED: option((bgp, on) => {
    bgp.medMetric = on;
  }, 'METRIC'),
  PATH: option((bgp, on) => {
    bgp.pathMetric = on;
  }, 'METRIC'),
  IGP: option((bgp, on) => {
    bgp.igpMetric = on;
  }, 'METRIC'),
  PREFER: option((bgp, on) => {
    bgp.preferOlder = on;
  }, 'OLDER'),
  STRICT: option((bgp, on) => {
    bgp.strictBind = on;
  }, 'BIND'),
  CHECK: option((bgp, on) => {
    bgp.checkLink = on;
  }, 'LINK'),
  INTERPRET: option((bgp, on) => {
    bgp.interpretCommunities = on;
  }, 'COMMUNITIES'),
  DISABLE: (p, bgp) => {
    p.expect('AFTER');
    if (p.is('CEASE')) p.notSimulated('bgp: disable after cease');
    p.expect('ERROR');
    bgp.disableAfterError = p.bool();
  },
  ENABLE: (p, bgp) => {
    if (!p.is('ROUTE')) p.notSimulated(`bgp: enable ${p.peek().text}`);
    p.words('ROUTE', 'REFRESH');
    bgp.enableRefresh = p.bool();
  },
  ALLOW: (p, bgp) => {
    if (p.take('BGP_LOCAL_PREF')) bgp.allowLocalPref = p.bool();
    else if (p.words('LOCAL', 'AS')) {
      bgp.allowLocalAs = p.is("';'") ? Number.MAX_SAFE_INTEGER : p.number();
    } else if (p.words('AS', 'SETS')) p.bool();
    else p.unexpected();
  },
  GRACEFUL: (p, bgp) => {
    p.expect('RESTART');
    if (p.take('AWARE')) bgp.gracefulRestart = 'aware';
    else if (p.bool()) p.notSimulated('bgp: graceful restart on');
    else bgp.gracefulRestart = 'off';
  },
};

function neighbor(p: Parser, bgp: BgpConfig): void {
  if (p.is('RANGE')) p.notSimulated('bgp: neighbor range');
  if (!p.is('AS', 'PORT', 'INTERNAL', 'EXTERNAL', "';'")) {
    const ip = p.address();
    if (bgp.remoteIp !== undefined) p.fail('Only one neighbor per BGP instance is allowed');
    bgp.remoteIp = ip;
    if (p.take("'%'")) bgp.iface = p.next().text;
  }
  while (p.is('AS', 'PORT', 'INTERNAL', 'EXTERNAL')) {
    if (p.take('AS')) bgp.remoteAs = p.number();
    else if (p.take('PORT')) bgp.remotePort = p.number();
    else bgp.peerType = p.next().kind === 'INTERNAL' ? 'internal' : 'external';
  }
}

/** bgp_channel_item. */
export function parseBgpChannelItem(p: Parser, channel: ChannelConfig): void {
  if (p.words('NEXT', 'HOP')) {
    if (p.take('SELF')) channel.nextHopSelf = nextHopWhen(p);
    else if (p.take('KEEP')) channel.nextHopKeep = nextHopWhen(p);
    else if (p.take('ADDRESS')) channel.nextHopAddress = p.address();
    else if (p.is('PREFER')) p.notSimulated('bgp: next hop prefer');
    else p.unexpected();
  } else if (p.take('GATEWAY')) {
    channel.gateway = p.expect('DIRECT', 'RECURSIVE').kind === 'DIRECT' ? 'direct' : 'recursive';
  } else if (p.is('ADD', 'EXTENDED', 'SECONDARY', 'VALIDATE', 'AIGP', 'COST', 'IGP', 'MANDATORY')) {
    p.notSimulated(`bgp: ${p.peek().text}`);
  } else p.unexpected();
}

function nextHopWhen(p: Parser): boolean | 'ibgp' | 'ebgp' {
  if (p.take('IBGP')) return 'ibgp';
  if (p.take('EBGP')) return 'ebgp';
  return p.bool();
}

/** bgp_postconfig(). */
export function bgpPostconfig(p: Parser, proto: ProtoOf<'bgp'>): void {
  const { bgp } = proto;
  if (bgp.remoteAs === 0 && bgp.peerType === 'internal') bgp.remoteAs = bgp.localAs;
  const internal = bgp.localAs === bgp.remoteAs;
  bgp.multihop ??= internal ? 64 : 0;
  bgp.checkLink ??= bgp.multihop === 0;
  const wrong = problemOf(bgp, internal);
  if (wrong !== undefined) p.fail(wrong);
  for (const channel of proto.channels) {
    if (bgp.remoteIp !== undefined && familyOf(bgp.remoteIp) !== channel.family) {
      p.notSimulated('bgp: a channel of another family than the session');
    }
    if (channel.family === 6) p.notSimulated('bgp: ipv6');
    if (!channel.import && !internal) p.fail('EBGP requires explicit import policy');
    if (!channel.export && !internal) p.fail('EBGP requires explicit export policy');
    channel.import ??= 'accept';
    channel.export ??= 'reject';
    channel.nextHopKeep ??= bgp.rrClient ? 'ibgp' : bgp.rsClient;
    if (bgp.multihop && channel.gateway === 'direct') {
      p.fail('Multihop BGP cannot use direct gateway mode');
    }
    channel.gateway ??= bgp.multihop ? 'recursive' : 'direct';
  }
}

function problemOf(bgp: BgpConfig, internal: boolean): string | undefined {
  if (bgp.localAs === 0) return 'Local AS number must be set';
  if (bgp.remoteIp === undefined) return 'Neighbor must be configured';
  if (bgp.localIp === undefined && bgp.strictBind) {
    return 'Local address must be configured for strict bind';
  }
  if (bgp.remoteAs === 0 && !bgp.peerType) return 'Remote AS number (or peer type) must be set';
  if (bgp.peerType === 'internal' && !internal) return 'IBGP cannot have different ASNs';
  if (bgp.peerType === 'external' && internal) return 'EBGP cannot have the same ASNs';
  if (!internal && bgp.rrClient) return 'Only internal neighbor can be RR client';
  if (internal && bgp.rsClient) return 'Only external neighbor can be RS client';
  if (bgp.multihop && bgp.iface !== undefined) return 'Multihop BGP cannot be bound to interface';
  if (bgp.multihop && bgp.checkLink) return 'Multihop BGP cannot depend on link state';
  if (bgp.keepaliveTime > bgp.holdTime) return 'Keepalive time must be at most hold time';
  return undefined;
}
