import { OK } from '../../base/result';
import { familyOf, formatCidr, formatIp } from '../../wire/ip';
import type { Step } from '../invoke';
import type { Call } from '../skel';
import { fail } from '../types/error';
import type { IpNet } from '../types/ip-net';
import { chainComment, chainName } from './chain-name';
import { Iptables } from './iptables';

const MULTICAST = { 4: '224.0.0.0/4', 6: 'ff00::/8' } as const;

const rulesOf = (call: Call, network: string) => ({
  chain: chainName(network, call.containerId),
  comment: ['-m', 'comment', '--comment', chainComment(network, call.containerId)],
});

/** ip.SetupIPMasq(): a chain for the container, into which POSTROUTING sends what comes from its address. */
export function* setupIpMasq(call: Call, network: string, net: IpNet): Step {
  const family = familyOf(net.address);
  const opened = Iptables.open(call.proc, family);
  if (!opened.ok) return fail(`failed to locate iptables: ${opened.error.msg}`);
  const ipt = opened.value;
  const { chain, comment } = rulesOf(call, network);
  const chains = yield* ipt.chains('nat');
  if (!chains.ok) return fail(`failed to list chains: ${chains.error.msg}`);
  if (!chains.value.includes(chain)) {
    const made = yield* ipt.newChain(['nat', chain]);
    if (!made.ok) return made;
  }
  const near = ['-d', formatCidr(net), '-j', 'ACCEPT', ...comment];
  const accepted = yield* ipt.appendUnique(['nat', chain], near);
  if (!accepted.ok) return accepted;
  const far = ['!', '-d', MULTICAST[family], '-j', 'MASQUERADE', ...comment];
  const masked = yield* ipt.appendUnique(['nat', chain], far);
  if (!masked.ok) return masked;
  const from = ['-s', formatIp(net.address), '-j', chain, ...comment];
  return yield* ipt.appendUnique(['nat', 'POSTROUTING'], from);
}

/** ip.TeardownIPMasq(); what is not there is no error. */
export function* teardownIpMasq(call: Call, network: string, net: IpNet): Step {
  const opened = Iptables.open(call.proc, familyOf(net.address));
  if (!opened.ok) return fail(`failed to locate iptables: ${opened.error.msg}`);
  const ipt = opened.value;
  const { chain, comment } = rulesOf(call, network);
  for (const source of [formatIp(net.address), formatCidr(net)]) {
    const rule = ['-s', source, '-j', chain, ...comment];
    const done = yield* ipt.deleteRule(['nat', 'POSTROUTING'], rule);
    if (!done.ok) return done;
  }
  const cleared = yield* ipt.clearChain(['nat', chain]);
  if (!cleared.ok) return cleared;
  return yield* ipt.deleteChain(['nat', chain]);
}

/** All addresses of a result, where `ipMasq` asks for it. */
export function* setupIpMasqAll(call: Call, network: string, nets: readonly IpNet[]): Step {
  for (const net of nets) {
    const done = yield* setupIpMasq(call, network, net);
    if (!done.ok) return done;
  }
  return OK;
}
