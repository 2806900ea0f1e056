import { OK } from '../../base/result';
import type { Step } from '../invoke';
import type { Iptables } from '../pkg/iptables';
import { fail } from '../types/error';
import { shellWords } from './shell-words';

/** A chain of the nat table, and the rules elsewhere that lead to it: chain of chain.go. */
export interface NatChain {
  readonly name: string;
  readonly entryChains: readonly string[];
  readonly entryRules: readonly (readonly string[])[];
  readonly rules: readonly (readonly string[])[];
  readonly prependEntry?: boolean | undefined;
}

type Rule = readonly string[];

/** setup(): may be repeated. */
export function* setupChain(ipt: Iptables, chain: NatChain): Step {
  const made = yield* ipt.ensureChain(['nat', chain.name]);
  if (!made.ok) return made;
  for (const rule of chain.rules) {
    const done = yield* ipt.insertUnique(['nat', chain.name], rule, false);
    if (!done.ok) return done;
  }
  for (const entry of chain.entryChains) {
    for (const rule of chain.entryRules) {
      const whole = [...rule, '-j', chain.name];
      const done = yield* ipt.insertUnique(['nat', entry], whole, chain.prependEntry ?? false);
      if (!done.ok) return done;
    }
  }
  return OK;
}

/** teardown(): made if it was not there, so that what refers to it can be found and deleted. */
export function* teardownChain(ipt: Iptables, chain: NatChain): Step {
  const cleared = yield* ipt.clearChain(['nat', chain.name]);
  if (!cleared.ok) return cleared;
  for (const entry of chain.entryChains) {
    const listed = yield* ipt.list(['nat', entry]);
    if (!listed.ok) continue;
    for (const line of listed.value.slice(1)) {
      if (!line.endsWith(`-j ${chain.name}`)) continue;
      const done = yield* ipt.deleteReferring(['nat', entry], shellWords(line).slice(2));
      if (!done.ok) return done;
    }
  }
  return yield* ipt.deleteChain(['nat', chain.name]);
}

const shown = (rules: readonly Rule[]): string =>
  `[${rules.map((rule) => `[${rule.join(' ')}]`).join(' ')}]`;

/** check(). */
export function* checkChain(ipt: Iptables, chain: NatChain): Step {
  const chains = yield* ipt.chains('nat');
  if (!chains.ok) return chains;
  if (!chains.value.includes(chain.name)) {
    return fail(`chain ${chain.name} not found in iptables table nat`);
  }
  for (const rule of [...chain.rules].reverse()) {
    const found = yield* ipt.exists(['nat', chain.name], rule);
    if (found.ok && found.value) continue;
    return fail(`rule ${shown(chain.rules)} in chain ${chain.name} not found in table nat`);
  }
  for (const entry of chain.entryChains) {
    for (const rule of [...chain.entryRules].reverse()) {
      const found = yield* ipt.exists(['nat', entry], [...rule, '-j', chain.name]);
      if (found.ok && found.value) continue;
      return fail(`rule ${shown(chain.entryRules)} in chain ${entry} not found in table nat`);
    }
  }
  return OK;
}
