import { OK } from '../../base/result';
import type { Step } from '../invoke';
import type { Iptables } from '../pkg/iptables';

const STAGE_1 = 'CNI-ISOLATION-STAGE-1';
const STAGE_2 = 'CNI-ISOLATION-STAGE-2';
const COMMENT = 'CNI firewall plugin rules (ingressPolicy: same-bridge)';

interface Insertion {
  readonly chain: string;
  readonly first: boolean;
  readonly rule: readonly string[];
}

/** setupIsolationChains(): what leaves one bridge does not enter another. */
export function* setupIsolationChains(ipt: Iptables, bridge: string): Step {
  for (const chain of [STAGE_1, STAGE_2]) {
    const made = yield* ipt.ensureChain(['filter', chain]);
    if (!made.ok) return made;
  }
  const insertions: readonly Insertion[] = [
    { chain: 'FORWARD', first: true, rule: ['-j', STAGE_1] },
    { chain: STAGE_1, first: true, rule: ['-i', bridge, '!', '-o', bridge, '-j', STAGE_2] },
    { chain: STAGE_1, first: false, rule: ['-j', 'RETURN'] },
    { chain: STAGE_2, first: true, rule: ['-o', bridge, '-j', 'DROP'] },
    { chain: STAGE_2, first: false, rule: ['-j', 'RETURN'] },
  ];
  for (const { chain, first, rule } of insertions) {
    const whole = [...rule, '-m', 'comment', '--comment', COMMENT];
    const done = yield* ipt.insertUnique(['filter', chain], whole, first);
    if (!done.ok) return done;
  }
  return OK;
}
