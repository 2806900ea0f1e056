import type { NftFamily } from '../nf-tables';
import type { XtTarget } from '../xt-target';
import type { XtTargetFn } from './verdict';

/** The extensions of struct xt_target: what a target was told, as what it does. */
export function xtTarget(target: XtTarget, _family: NftFamily): XtTargetFn {
  switch (target.name) {
    case 'ACCEPT':
      return () => 'accept';
    case 'DROP':
      return () => 'drop';
    default:
      return () => 'continue';
  }
}
