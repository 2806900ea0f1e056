import { OK } from '../../base/result';
import { formatCidr } from '../../wire/ip';
import type { Step } from '../invoke';
import type { Iptables } from '../pkg/iptables';
import { fail } from '../types/error';
import { hostNet, type IpNet } from '../types/ip-net';

const PRIVATE_CHAIN = 'CNI-FORWARD';

type Rule = readonly string[];

const commented = (text: string, chain: string): Rule => [
  ...['-m', 'comment', '--comment', text],
  ...['-j', chain],
];
const filterRule = commented('CNI firewall plugin rules', PRIVATE_CHAIN);
const adminRule = (chain: string): Rule => commented('CNI firewall plugin admin overrides', chain);

/** getPrivChainRules(): answers to the container, and all that it sends. */
function rulesOf(net: IpNet): readonly Rule[] {
  const ip = formatCidr(hostNet(net.address));
  return [
    ['-d', ip, '-m', 'conntrack', '--ctstate', 'RELATED,ESTABLISHED', '-j', 'ACCEPT'],
    ['-s', ip, '-j', 'ACCEPT'],
  ];
}

/** addRules() of the iptables backend. */
export function* addRules(ipt: Iptables, adminChain: string, nets: readonly IpNet[]): Step {
  if (nets.length === 0) return OK;
  const ready = yield* setupChains(ipt, adminChain);
  if (!ready.ok) return ready;
  for (const rule of nets.flatMap(rulesOf)) {
    const done = yield* ipt.appendUnique(['filter', PRIVATE_CHAIN], rule);
    if (done.ok) continue;
    yield* delRules(ipt, nets);
    return done;
  }
  return OK;
}

/** setupChains(): FORWARD leads first to our chain, and that first to the administrator's. */
function* setupChains(ipt: Iptables, adminChain: string): Step {
  for (const chain of [PRIVATE_CHAIN, adminChain]) {
    const made = yield* ipt.ensureChain(['filter', chain]);
    if (!made.ok) return made;
  }
  const first = yield* ipt.insertUnique(['filter', 'FORWARD'], filterRule, true);
  if (!first.ok) return first;
  return yield* ipt.insertUnique(['filter', PRIVATE_CHAIN], adminRule(adminChain), true);
}

/** delRules(): errors are nobody's. */
export function* delRules(ipt: Iptables, nets: readonly IpNet[]): Step {
  for (const rule of nets.flatMap(rulesOf)) {
    yield* ipt.deleteRule(['filter', PRIVATE_CHAIN], rule);
  }
  return OK;
}

/** checkRules(). */
export function* checkRules(ipt: Iptables, adminChain: string, nets: readonly IpNet[]): Step {
  if (nets.length === 0) return OK;
  for (const chain of [PRIVATE_CHAIN, adminChain]) {
    const made = yield* ipt.ensureChain(['filter', chain]);
    if (!made.ok) return made;
  }
  const expected: readonly (readonly [string, Rule, string])[] = [
    ['FORWARD', filterRule, `FORWARD rule [${filterRule.join(' ')}]`],
    [
      PRIVATE_CHAIN,
      adminRule(adminChain),
      `${PRIVATE_CHAIN} rule [${adminRule(adminChain).join(' ')}]`,
    ],
    ...nets
      .flatMap(rulesOf)
      .map((rule): [string, Rule, string] => [PRIVATE_CHAIN, rule, `rule [${rule.join(' ')}]`]),
  ];
  for (const [chain, rule, text] of expected) {
    const found = yield* ipt.exists(['filter', chain], rule);
    if (!found.ok) return found;
    if (!found.value) return fail(`expected ${text} not found`);
  }
  return OK;
}
