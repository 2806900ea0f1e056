import type { XtConnmarkTarget, XtMarkTarget } from '../../../linux/netfilter/xt-target';
import {
  notSimulated,
  parameterProblem,
  targetExtension,
  type XtError,
  type XtOptionCall,
} from '../extension';
import type { Draft } from './draft';
import { TARGET_HELP } from './help-text';
import { hex, not32 } from './number-text';

const U32_MAX = 0xffff_ffff;

type SetId = 'xset' | 'set' | 'and' | 'or' | 'xor';

const SETS: readonly SetId[] = ['xset', 'set', 'and', 'or', 'xor'];

/** extensions/libxt_MARK.c, revision 2. */
export const markTarget = targetExtension<XtMarkTarget, Draft<XtMarkTarget>, SetId>({
  name: 'MARK',
  own: (t) => (t.name === 'MARK' ? t : undefined),
  options: [
    { name: 'set-xmark', id: 'xset', type: 'markmask32', excl: SETS },
    { name: 'set-mark', id: 'set', type: 'markmask32', excl: SETS },
    { name: 'and-mark', id: 'and', type: 'uint32', excl: SETS },
    { name: 'or-mark', id: 'or', type: 'uint32', excl: SETS },
    { name: 'xor-mark', id: 'xor', type: 'uint32', excl: SETS },
  ],
  help: TARGET_HELP.MARK,
  init: () => ({ name: 'MARK', mark: 0, mask: 0 }),
  parse: (draft, call) => {
    Object.assign(draft, change(call, call.id));
    return undefined;
  },
  finalCheck: (_, flags) =>
    flags.size === 0
      ? parameterProblem(
          'MARK: One of the --set-xmark, --{and,or,xor,set}-mark options is required',
        )
      : undefined,
  build: (draft) => ({ ...draft }),
  print: (t) => ` MARK ${changeText(t.mark, t.mask)}`,
  save: (t) => ` --set-xmark ${hex(t.mark)}/${hex(t.mask)}`,
  xlate: (t) => `meta mark set ${changeWords('mark', t.mark, t.mask, 'and first')}`,
});

/** What each option makes of mark and mask: mark = (mark & ~mask) ^ value. */
function change({ value }: XtOptionCall, id: SetId): { mark: number; mask: number } {
  switch (id) {
    case 'xset':
      return { mark: value.mark, mask: value.mask };
    case 'set':
      return { mark: value.mark, mask: (value.mark | value.mask) >>> 0 };
    case 'and':
      return { mark: 0, mask: not32(value.num) };
    case 'or':
      return { mark: value.num, mask: value.num };
    case 'xor':
      return { mark: value.num, mask: 0 };
  }
}

/** mark_tg_print(), connmark_tg_print_v2(). */
function changeText(mark: number, mask: number): string {
  if (mark === 0) return `and ${hex(not32(mask))}`;
  if (mark === mask) return `or ${hex(mark)}`;
  if (mask === 0) return `xor ${hex(mark)}`;
  if (mask === U32_MAX) return `set ${hex(mark)}`;
  return `xset ${hex(mark)}/${hex(mask)}`;
}

/** mark_tg_xlate(), connmark_tg_xlate_v2(), which set both parts the other way round. */
function changeWords(
  field: string,
  mark: number,
  mask: number,
  order: 'and first' | 'xor first',
): string {
  if (mask === U32_MAX) return `${hex(mark)}`;
  if (mark === 0) return `${field} and ${hex(not32(mask))}`;
  if (mark === mask) return `${field} or ${hex(mark)}`;
  if (mask === 0) return `${field} xor ${hex(mark)}`;
  const and = `and ${hex(not32(mask))}`;
  const xor = `xor ${hex(mark)}`;
  return `${field} ${order === 'and first' ? `${and} ${xor}` : `${xor} ${and}`}`;
}

type ConnId = SetId | 'save' | 'restore' | 'ctmask' | 'nfmask' | 'mask' | 'shift' | 'rightShift';

const OPS: readonly ConnId[] = [...SETS, 'save', 'restore'];

/** extensions/libxt_CONNMARK.c, revision 2. */
export const connmarkTarget = targetExtension<XtConnmarkTarget, Draft<XtConnmarkTarget>, ConnId>({
  name: 'CONNMARK',
  own: (t) => (t.name === 'CONNMARK' ? t : undefined),
  options: [
    { name: 'set-xmark', id: 'xset', type: 'markmask32', excl: OPS },
    { name: 'set-mark', id: 'set', type: 'markmask32', excl: OPS },
    { name: 'and-mark', id: 'and', type: 'uint32', excl: OPS },
    { name: 'or-mark', id: 'or', type: 'uint32', excl: OPS },
    { name: 'xor-mark', id: 'xor', type: 'uint32', excl: OPS },
    { name: 'save-mark', id: 'save', type: 'none', excl: OPS },
    { name: 'restore-mark', id: 'restore', type: 'none', excl: OPS },
    { name: 'left-shift-mark', id: 'shift', type: 'uint8', max: 32 },
    { name: 'right-shift-mark', id: 'rightShift', type: 'uint8', max: 32 },
    { name: 'ctmask', id: 'ctmask', type: 'uint32', excl: ['mask'] },
    { name: 'nfmask', id: 'nfmask', type: 'uint32', excl: ['mask'] },
    { name: 'mask', id: 'mask', type: 'uint32', excl: ['ctmask', 'nfmask'] },
  ],
  help: TARGET_HELP.CONNMARK,
  init: () => ({ name: 'CONNMARK', op: 'set', ctmark: 0, ctmask: U32_MAX, nfmask: U32_MAX }),
  parse: parseConnmark,
  finalCheck: (_, flags) =>
    OPS.some((op) => flags.has(op))
      ? undefined
      : parameterProblem('CONNMARK target: No operation specified'),
  build: (draft) => ({ ...draft }),
  print: (t) => ` CONNMARK ${connmarkText(t)}`,
  save: (t) =>
    t.op === 'set'
      ? ` --set-xmark ${hex(t.ctmark)}/${hex(t.ctmask)}`
      : ` --${t.op}-mark --nfmask ${hex(t.nfmask)} --ctmask ${hex(t.ctmask)}`,
  xlate: (t) => {
    if (t.op === 'set') {
      return `ct mark set ${changeWords('ct mark', t.ctmark, t.ctmask, 'xor first')}`;
    }
    if (t.nfmask !== t.ctmask) return undefined;
    const and = t.nfmask === U32_MAX ? '' : ` and ${hex(t.nfmask)}`;
    return t.op === 'save' ? `ct mark set mark${and}` : `meta mark set ct mark${and}`;
  },
});

function parseConnmark(
  draft: Draft<XtConnmarkTarget>,
  call: XtOptionCall<ConnId>,
): XtError | undefined {
  const { id, name, value } = call;
  switch (id) {
    case 'save':
    case 'restore':
      draft.op = id;
      return undefined;
    case 'ctmask':
    case 'nfmask':
      draft[id] = value.num;
      return undefined;
    case 'mask':
      Object.assign(draft, { ctmask: value.num, nfmask: value.num });
      return undefined;
    case 'shift':
    case 'rightShift':
      return notSimulated(`target CONNMARK: --${name}`);
    default: {
      const { mark, mask } = change(call, id);
      Object.assign(draft, { op: 'set', ctmark: mark, ctmask: mask });
      return undefined;
    }
  }
}

/** connmark_tg_print_v2(). */
function connmarkText({ op, ctmark, ctmask, nfmask }: XtConnmarkTarget): string {
  if (op === 'set') return changeText(ctmark, ctmask);
  if (nfmask === U32_MAX && ctmask === U32_MAX) return op;
  if (nfmask === ctmask) return `${op} mask ${hex(nfmask)}`;
  if (op === 'save') return `save nfmask ${hex(nfmask)} ctmask ~${hex(ctmask)}`;
  return `restore ctmask ${hex(ctmask)} nfmask ~${hex(nfmask)}`;
}
