import type { Blocking } from '../../linux/wait-queue';
import { formatCidr } from '../../wire/ip';
import type { Iptables } from './iptables';
import { type Network, OPTION_ICC, OPTION_MASQUERADE, optionOn, subnetOf } from './network';

const STAGE_1 = 'DOCKER-ISOLATION-STAGE-1';
const STAGE_2 = 'DOCKER-ISOLATION-STAGE-2';

/** setupIPChains(), drivers/bridge/setup_ip_tables.go: the chains of a fresh engine. */
export function* setupChains(tables: Iptables): Blocking<void> {
  yield* tables.run('-t', 'nat', '-N', 'DOCKER');
  yield* tables.run('-t', 'filter', '-N', 'DOCKER');
  yield* tables.run('-t', 'filter', '-N', STAGE_1);
  yield* tables.run('-t', 'filter', '-N', STAGE_2);
  yield* tables.program('append', 'filter', STAGE_1, ['-j', 'RETURN']);
  yield* tables.program('append', 'filter', STAGE_2, ['-j', 'RETURN']);
}

/** arrangeUserFilterRule(), firewall_linux.go. */
export function* arrangeUserChain(tables: Iptables): Blocking<void> {
  yield* tables.run('-t', 'filter', '-N', 'DOCKER-USER');
  yield* tables.program('append', 'filter', 'DOCKER-USER', ['-j', 'RETURN']);
  yield* tables.ensureJump('FORWARD', 'DOCKER-USER');
}

type How = 'insert' | 'delete';

/** setupIPTables(): the rules of one bridge. */
export function* bridgeRules(tables: Iptables, network: Network, how: How): Blocking<void> {
  const subnet = subnetOf(network);
  const { bridge } = network;
  if (!subnet) return;
  if (network.internal) yield* internalRules(tables, bridge, formatCidr(subnet), how);
  else {
    yield* forwardingRules(tables, network, formatCidr(subnet), how);
    yield* programChain(tables, bridge, how);
    yield* isolationRules(tables, bridge, how);
  }
  if (how === 'insert') yield* tables.ensureJump('FORWARD', STAGE_1);
}

function* internalRules(
  tables: Iptables,
  bridge: string,
  subnet: string,
  how: How,
): Blocking<void> {
  yield* tables.program(how, 'filter', STAGE_1, ['-i', bridge, '!', '-d', subnet, '-j', 'DROP']);
  yield* tables.program(how, 'filter', STAGE_1, ['-o', bridge, '!', '-s', subnet, '-j', 'DROP']);
  yield* iccRule(tables, bridge, true, how);
}

/** setupIPTablesInternal(). */
function* forwardingRules(
  tables: Iptables,
  network: Network,
  subnet: string,
  how: How,
): Blocking<void> {
  const { bridge } = network;
  if (optionOn(network, OPTION_MASQUERADE)) {
    const rule = ['-s', subnet, '!', '-o', bridge, '-j', 'MASQUERADE'];
    yield* tables.program(how, 'nat', 'POSTROUTING', rule);
    yield* tables.program(how, 'nat', 'DOCKER', ['-i', bridge, '-j', 'RETURN']);
  }
  yield* iccRule(tables, bridge, optionOn(network, OPTION_ICC), how);
  const out = ['-i', bridge, '!', '-o', bridge, '-j', 'ACCEPT'];
  yield* tables.program(how, 'filter', 'FORWARD', out);
}

/** setIcc(). */
function* iccRule(tables: Iptables, bridge: string, icc: boolean, how: How): Blocking<void> {
  const match = ['-i', bridge, '-o', bridge, '-j'];
  const accept = [...match, 'ACCEPT'];
  const drop = [...match, 'DROP'];
  if (how === 'delete') {
    yield* tables.program('delete', 'filter', 'FORWARD', icc ? accept : drop);
    return;
  }
  yield* tables.program('delete', 'filter', 'FORWARD', icc ? drop : accept);
  yield* tables.program(icc ? 'insert' : 'append', 'filter', 'FORWARD', icc ? accept : drop);
}

/** iptables.ProgramChain(). */
function* programChain(tables: Iptables, bridge: string, how: How): Blocking<void> {
  const local = ['-m', 'addrtype', '--dst-type', 'LOCAL'];
  const established = ['-m', 'conntrack', '--ctstate', 'RELATED,ESTABLISHED', '-j', 'ACCEPT'];
  if (how === 'insert') {
    yield* tables.program('append', 'nat', 'PREROUTING', [...local, '-j', 'DOCKER']);
    const output = [...local, '!', '--dst', '127.0.0.0/8', '-j', 'DOCKER'];
    yield* tables.program('append', 'nat', 'OUTPUT', output);
  }
  yield* tables.program(how, 'filter', 'FORWARD', ['-o', bridge, '-j', 'DOCKER']);
  yield* tables.program(how, 'filter', 'FORWARD', ['-o', bridge, ...established]);
}

/** setINC(). */
function* isolationRules(tables: Iptables, bridge: string, how: How): Blocking<void> {
  const first = ['-i', bridge, '!', '-o', bridge, '-j', STAGE_2];
  yield* tables.program(how, 'filter', STAGE_1, first);
  yield* tables.program(how, 'filter', STAGE_2, ['-o', bridge, '-j', 'DROP']);
}
