import type { CtTemplate } from '../conntrack/conn';
import { CT_EVENT_NAMES } from '../conntrack/ipct';
import type { XtCt } from '../xt-target';
import type { XtTargetFn } from './verdict';

/** notrack_tg(), net/netfilter/xt_CT.c. */
export const notrackTarget: XtTargetFn = ({ skb }) => {
  if (!skb.ct && !skb.ctTemplate) skb.notrack = true;
  return 'continue';
};

/** xt_ct_target(): what connection tracking will read, the first rule that says so. */
export function ctTarget(target: XtCt): XtTargetFn {
  if (target.notrack) return notrackTarget;
  const { zone, helper } = target;
  const events = eventMask(target.ctevents);
  return ({ skb }) => {
    if (skb.ct || skb.ctTemplate || skb.notrack) return 'continue';
    const id = zone?.mark ? skb.mark & 0xffff : (zone?.id ?? 0);
    const template: CtTemplate = { zone: { id, dir: zone?.dir ?? 'both' }, helper, events };
    skb.ctTemplate = template;
    return 'continue';
  };
}

function eventMask(names: readonly string[] | undefined): number | undefined {
  if (!names || names.length === 0) return undefined;
  return CT_EVENT_NAMES.reduce(
    (mask, name, bit) => (names.includes(name) ? mask | (1 << bit) : mask),
    0,
  );
}
