import type { BridgeOptions } from '../../../../linux/device/bridge';
import type { BridgePortOptions } from '../../../../linux/device/bridge-port';
import type { Args } from '../../args';
import { exit, type Step } from '../../command';
import type { ToolContext } from '../../context';
import { macOf, parseLladdr } from '../../lladdr';
import { parseUnsigned } from '../../number';
import { type Option, parseOption } from '../../option-table';
import { unknownOption } from './unknown-option';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type BridgeState = Mutable<BridgeOptions>;
type PortState = Mutable<BridgePortOptions>;

type NumberKey<T> = {
  [K in keyof T]-?: Exclude<T[K], undefined> extends number ? K : never;
}[keyof T];
type FlagKey<T> = {
  [K in keyof T]-?: Exclude<T[K], undefined> extends boolean ? K : never;
}[keyof T];

/** bridge_parse_opt(), ip/iplink_bridge.c. */
export function* parseBridgeKind(ctx: ToolContext, args: Args): Step<BridgeOptions> {
  const state: BridgeState = {};
  while (args.left > 0) {
    if (yield* parseOption(args, state, BRIDGE)) continue;
    yield* unknownOption(ctx, args.current, 'bridge', 'unknown command');
  }
  return state;
}

/** bridge_slave_parse_opt(), ip/iplink_bridge_slave.c. */
export function* parseBridgeSlaveKind(ctx: ToolContext, args: Args): Step<BridgePortOptions> {
  const state: PortState = {};
  while (args.left > 0) {
    if (yield* parseOption(args, state, PORT)) continue;
    yield* unknownOption(ctx, args.current, 'bridge_slave', 'unknown option');
  }
  return state;
}

const number = (
  name: string,
  key: NumberKey<BridgeState>,
  max = 0xffff_ffff,
): Option<BridgeState> => ({
  names: `${name}*`,
  *run(state, value, args) {
    const parsed = parseUnsigned(value, max);
    if (parsed === undefined) yield* args.invalid(`invalid ${name}`, value);
    state[key] = parsed;
  },
});

const flag = (name: string, key: FlagKey<BridgeState>): Option<BridgeState> => ({
  names: `${name}*`,
  *run(state, value, args) {
    const parsed = parseUnsigned(value, 0xff);
    if (parsed === undefined) yield* args.invalid(`invalid ${name}`, value);
    state[key] = parsed !== 0;
  },
});

function absent<S>(name: string): Option<S> {
  return {
    names: name,
    *run(_state, _value, args) {
      yield* args.notSimulated('ip link', name.replace(/\*.*/, ''));
    },
  };
}

const BRIDGE: readonly Option<BridgeState>[] = [
  number('forward_delay', 'forwardDelay'),
  number('hello_time', 'helloTime'),
  number('max_age', 'maxAge'),
  number('ageing_time', 'ageingTime'),
  number('stp_state', 'stpState'),
  number('priority', 'priority', 0xffff),
  flag('vlan_filtering', 'vlanFiltering'),
  {
    names: 'vlan_protocol*',
    *run(state, value, args) {
      const protocol = ({ '802.1q': 0x8100, '802.1ad': 0x88a8 } as const)[value.toLowerCase()];
      if (protocol === undefined) yield* args.invalid('invalid vlan_protocol', value);
      state.vlanProtocol = protocol;
    },
  },
  number('group_fwd_mask', 'groupFwdMask', 0xffff),
  {
    names: 'group_address*',
    *run(state, value, args) {
      const bytes = parseLladdr(value);
      if (!bytes.ok) {
        args.stdio.error(`"${bytes.error}" is invalid lladdr.\n`);
        return yield* exit(1);
      }
      state.groupAddress = macOf(bytes.value);
    },
  },
  absent('no_linklocal_learn'),
  {
    names: 'fdb_flush*',
    flag: true,
    set(state) {
      state.fdbFlush = true;
    },
  },
  number('vlan_default_pvid', 'vlanDefaultPvid', 0xffff),
  flag('vlan_stats_enabled', 'vlanStatsEnabled'),
  absent('vlan_stats_per_port*'),
  number('mcast_router', 'mcastRouter', 0xff),
  flag('mcast_snooping', 'mcastSnooping'),
  absent('mcast_vlan_snooping'),
  absent('mcast_query_use_ifaddr*'),
  flag('mcast_querier', 'mcastQuerier'),
  absent('mcast_hash_elasticity* mcast_hash_max* mcast_last_member_count*'),
  absent('mcast_startup_query_count* mcast_last_member_interval* mcast_membership_interval*'),
  absent('mcast_querier_interval* mcast_query_interval* mcast_query_response_interval*'),
  absent('mcast_startup_query_interval* mcast_stats_enabled*'),
  absent('mcast_igmp_version* mcast_mld_version*'),
  flag('nf_call_iptables', 'nfCallIptables'),
  flag('nf_call_ip6tables', 'nfCallIp6tables'),
  flag('nf_call_arptables', 'nfCallArptables'),
];

const portNumber = (
  name: string,
  key: NumberKey<PortState>,
  max: number,
  complaint = `${name} is invalid`,
): Option<PortState> => ({
  names: `${name}*`,
  *run(state, value, args) {
    const parsed = parseUnsigned(value, max);
    if (parsed === undefined) yield* args.invalid(complaint, value);
    state[key] = parsed;
  },
});

const portFlag = (name: string, key: FlagKey<PortState>): Option<PortState> => ({
  names: `${name}*`,
  *run(state, value, args) {
    state[key] = yield* args.onOff(name, value, 1);
  },
});

const PORT: readonly Option<PortState>[] = [
  absent('fdb_flush*'),
  portNumber('state', 'state', 0xff),
  portNumber('priority', 'priority', 0xffff),
  portNumber('cost', 'cost', 0xffff_ffff),
  portFlag('hairpin', 'hairpin'),
  portFlag('guard', 'guard'),
  portFlag('root_block', 'rootBlock'),
  portFlag('fastleave', 'fastLeave'),
  portFlag('learning', 'learning'),
  portFlag('flood', 'flood'),
  portFlag('mcast_flood', 'mcastFlood'),
  portFlag('bcast_flood', 'bcastFlood'),
  portFlag('mcast_to_unicast', 'mcastToUnicast'),
  portFlag('proxy_arp', 'proxyArp'),
  portFlag('proxy_arp_wifi', 'proxyArpWifi'),
  portNumber('mcast_router', 'mcastRouter', 0xff, 'invalid mcast_router'),
  portFlag('mcast_fast_leave', 'fastLeave'),
  portFlag('neigh_suppress', 'neighSuppress'),
  portNumber('group_fwd_mask', 'groupFwdMask', 0xffff, 'invalid group_fwd_mask'),
  portFlag('vlan_tunnel', 'vlanTunnel'),
  portFlag('isolated', 'isolated'),
  portFlag('locked', 'locked'),
  absent('backup_port* nobackup_port*'),
];
