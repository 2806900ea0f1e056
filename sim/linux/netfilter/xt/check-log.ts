import { kernelLog } from '../../printk';
import type { NfHook } from '../hook';
import type { XtEntry } from '../xt-rule';
import type { XtPlace } from './check';
import { isNative } from './native';
import { restrictionOfMatch, restrictionOfTarget, type XtRestriction } from './restrict';

/** KERN_INFO. */
const INFO = 6;

interface Asked extends XtRestriction {
  readonly kind: 'match' | 'target';
  readonly name: string;
}

/** textify_hooks(): in the kernel's order. */
const HOOKS: readonly NfHook[] = ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'];

/** What xt_check_match() and xt_check_target() say in the kernel's log of a rule that may not be where it was put. */
export function logRefusal(place: XtPlace, entry: XtEntry): void {
  const { target } = entry;
  const asked: Asked[] = entry.matches
    .filter((match) => !isNative(match))
    .map((match) => ({ kind: 'match', name: match.name, ...restrictionOfMatch(match) }));
  if (target) asked.push({ kind: 'target', name: target.name, ...restrictionOfTarget(target) });
  for (const one of asked) {
    const why = refusal(place, one, entry);
    if (why === undefined) continue;
    const { kernel, hostName } = place.net;
    const text = `x_tables: ${place.table.family}_tables: ${one.name} ${one.kind}: ${why}`;
    kernelLog(kernel, hostName).printk({ atUs: kernel.scheduler.nowUs, level: INFO, text });
    return;
  }
}

function refusal(
  { table, chain }: XtPlace,
  { kind, tables, hooks, proto }: Asked,
  entry: XtEntry,
): string | undefined {
  const [only] = tables ?? [];
  if (tables?.length === 1 && only !== table.name) {
    return `only valid in ${only} table, not ${table.name}`;
  }
  if (chain.base && hooks && !hooks.includes(chain.base.hook)) {
    const where = HOOKS.filter((hook) => hooks.includes(hook)).join('/');
    const fit = kind === 'match' ? 'valid' : 'usable';
    return `used from hooks ${chain.base.hook}, but only ${fit} from ${where}`;
  }
  const [wanted] = proto ?? [];
  const given = entry.proto;
  const fits = given && !given.invert && proto?.includes(given.value);
  return proto?.length === 1 && !fits ? `only valid for protocol ${wanted}` : undefined;
}
