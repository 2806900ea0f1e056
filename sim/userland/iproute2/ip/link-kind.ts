import type { MacvlanMode, NetDevice } from '../../../linux/device/net-device';
import type { NewLinkKind } from '../../../linux/rtnetlink/link';
import { type Args, matches } from '../args';
import { exit, type Step } from '../command';
import type { ToolContext } from '../context';
import { parseUnsigned } from '../number';
import { parseBridgeKind, parseBridgeSlaveKind } from './kind/bridge';
import { parseIpipKind } from './kind/ipip';
import { unknownOption } from './kind/unknown-option';
import { parseVxlanKind } from './kind/vxlan';
import { KIND_USAGE } from './kind-usage';
import { linkKind, slaveKind } from './link-filter';
import { linkGarbage, linkUsage, parseLink } from './link-parse';
import type { LinkParse } from './link-state';

/** Kinds that iproute2 knows and no machine of ours has. */
const ABSENT: ReadonlySet<string> = new Set(
  (
    'amt bareudp bond bond_slave can dsa erspan geneve gre gretap gtp ifb ip6erspan ip6gre ' +
    'ip6gretap ip6tnl ipoib ipvtap macsec macvtap netdevsim nlmon rmnet sit team vcan vrf ' +
    'vti vxcan wwan xfrm virt_wifi'
  ).split(' '),
);

/** The part of iplink_modify() after iplink_parse(): the type and its own options. */
export function* parseKind(
  ctx: ToolContext,
  args: Args,
  link: LinkParse,
): Step<NewLinkKind | undefined | 'failed'> {
  const type = link.type;
  if (type === undefined) return undefined;
  if (link.device && args.left > 0) refuseChange(link, link.device, type);
  const lower = link.lower?.ifindex;
  if (link.device && FIXED.has(type) && args.left > 0 && !link.refusal) {
    yield* args.notSimulated('ip link set', `type ${type}`);
  }
  switch (type) {
    case 'dummy':
      return { kind: 'dummy' };
    case 'veth':
      return yield* parseVeth(ctx, args);
    case 'bridge': {
      const options = yield* parseBridgeKind(ctx, args);
      if (Object.keys(options).length > 0) link.attrs.bridge = options;
      return { kind: 'bridge', options };
    }
    case 'bridge_slave':
      link.attrs.brport = yield* parseBridgeSlaveKind(ctx, args);
      return { kind: 'unknown', name: type };
    case 'vxlan': {
      // Without words the tool sends no data, and the kernel asks for it.
      const options = args.left === 0 ? {} : yield* parseVxlanKind(ctx, args, link.create);
      link.attrs.vxlan = options;
      return { kind: 'vxlan', options };
    }
    case 'vlan':
      return { kind: 'vlan', lower, id: yield* parseVlanId(ctx, args) };
    case 'macvlan': {
      const mode = yield* parseMacvlanMode(ctx, args);
      link.attrs.macvlanMode = mode;
      return { kind: 'macvlan', lower, mode };
    }
    case 'ipvlan': {
      const mode = yield* parseIpvlanMode(ctx, args);
      link.attrs.ipvlanMode = mode;
      return { kind: 'ipvlan', lower, mode };
    }
    case 'ipip':
      return yield* parseIpipKind(ctx, args, link.lower);
    default:
      return yield* otherKind(ctx, args, type);
  }
}

/**
 * rtnl_changelink(): the data must be for the kind that the device (or, for `_slave`, its master)
 * is.
 */
function refuseChange(link: LinkParse, dev: NetDevice, type: string): void {
  const slave = /^(.*)_slave$/.exec(type)?.[1];
  const fits = slave === undefined ? linkKind(dev) === type : slaveKind(dev) === slave;
  if (!fits || type === 'veth') link.refusal = { errno: 'EOPNOTSUPP' };
}

/** What RTM_NEWLINK of an existing device cannot carry here. */
const FIXED: ReadonlySet<string> = new Set(['ipip']);

function* otherKind(ctx: ToolContext, args: Args, name: string): Step<NewLinkKind> {
  if (ABSENT.has(name)) yield* args.notSimulated('ip link', `type ${name}`);
  // tun_link_util has no parser, and its words are not looked at.
  if (args.left > 0 && name !== 'tun') {
    if (matches(args.current, 'help')) yield* linkUsage(ctx);
    args.stdio.error(`Garbage instead of arguments "${args.current} ...". Try "ip link help".\n`);
    yield* exit(1);
  }
  return { kind: 'unknown', name };
}

/** veth_parse_opt(), ip/link_veth.c; its usage goes to stdout. */
function* parseVeth(ctx: ToolContext, args: Args): Step<NewLinkKind | 'failed'> {
  if (args.left === 0) return { kind: 'veth', peer: {} };
  if (args.current !== 'peer') {
    ctx.stdio.out(KIND_USAGE.veth);
    return 'failed';
  }
  args.take();
  const peer = yield* parseLink(ctx, args, true);
  if (!peer) return 'failed';
  if (peer.type !== undefined) yield* args.duplicate('type', args.current);
  if (args.left > 0) yield* linkGarbage(args);
  return { kind: 'veth', peer: peer.attrs };
}

/** vlan_parse_opt(), ip/iplink_vlan.c. */
function* parseVlanId(ctx: ToolContext, args: Args): Step<number | undefined> {
  let id: number | undefined;
  while (args.left > 0) {
    const word = args.take();
    if (matches(word, 'protocol')) {
      const protocol = yield* args.value();
      if (protocol.toLowerCase() !== '802.1q') {
        yield* args.notSimulated('ip link', `vlan protocol ${protocol}`);
      }
    } else if (matches(word, 'id')) {
      const value = yield* args.value();
      id = parseUnsigned(value, 0xffff);
      if (id === undefined) yield* args.invalid('id is invalid', value);
    } else if (/^(reorder_hdr|gvrp|mvrp|loose_binding|bridge_binding|.*-qos-map)$/.test(word)) {
      yield* args.notSimulated('ip link', `vlan ${word}`);
    } else yield* unknownOption(ctx, word, 'vlan', 'unknown command');
  }
  return id;
}

const MACVLAN_MODES: readonly MacvlanMode[] = ['private', 'vepa', 'bridge', 'passthru'];

/** macvlan_parse_opt(), ip/iplink_macvlan.c. */
function* parseMacvlanMode(ctx: ToolContext, args: Args): Step<MacvlanMode | undefined> {
  let mode: MacvlanMode | undefined;
  while (args.left > 0) {
    const word = args.take();
    if (matches(word, 'mode')) {
      const value = yield* args.value();
      if (value === 'source') yield* args.notSimulated('ip link', 'macvlan mode source');
      mode = MACVLAN_MODES.find((name) => name === value);
      if (!mode) {
        const modes = '"private", "vepa", "bridge", "passthru" or "source"';
        ctx.stdio.error(`Error: argument of "mode" must be ${modes}, not "${value}"\n`);
        yield* exit(1);
      }
    } else if (/^(flag|macaddr|bcqueuelen|nopromisc|nodst)$/.test(word)) {
      yield* args.notSimulated('ip link', `macvlan ${word}`);
    } else yield* unknownOption(ctx, word, 'macvlan', 'unknown option');
  }
  return mode;
}

/** ipvlan_parse_opt(), ip/iplink_ipvlan.c. */
function* parseIpvlanMode(ctx: ToolContext, args: Args): Step<'l2' | 'l3' | 'l3s' | undefined> {
  let mode: 'l2' | 'l3' | 'l3s' | undefined;
  while (args.left > 0) {
    const word = args.take();
    if (matches(word, 'mode')) {
      const value = yield* args.value();
      mode = (['l2', 'l3', 'l3s'] as const).find((name) => name === value);
      if (!mode) {
        ctx.stdio.error(
          `Error: argument of "mode" must be either "l2", "l3" or "l3s" not "${value}"\n`,
        );
        yield* exit(1);
      }
    } else if (/^(private|vepa)$/.test(word)) {
      yield* args.notSimulated('ip link', `ipvlan ${word}`);
    } else if (!matches(word, 'bridge')) {
      yield* unknownOption(ctx, word, 'ipvlan', 'unknown option');
    }
  }
  return mode;
}
