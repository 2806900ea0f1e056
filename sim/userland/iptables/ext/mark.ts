import type { XtConnmark, XtMark } from '../../../linux/netfilter/xt-match';
import { type MatchExtension, matchExtension } from '../extension';
import type { Draft } from './draft';
import { MATCH_HELP } from './help-text';
import { hex, markMask } from './number-text';

const U32_MAX = 0xffff_ffff;

/** libxt_mark.c; nft has it as `meta mark`, a mask of nothing as a prefix of length 0. */
export const mark = matchExtension<XtMark, Draft<XtMark>, 'mark'>({
  name: 'mark',
  own: (m) => (m.name === 'mark' ? m : undefined),
  options: [{ name: 'mark', id: 'mark', type: 'markmask32', mandatory: true, invert: true }],
  help: MATCH_HELP.mark,
  init: () => ({ name: 'mark', mark: 0, mask: 0, invert: false }),
  parse: (draft, { value, invert }) => {
    Object.assign(draft, { mark: value.mark, mask: value.mask, invert });
    return undefined;
  },
  build: (draft) => ({ ...draft }),
  print: (m) => ` mark match${m.invert ? ' !' : ''}${markMask(m.mark, m.mask)}`,
  save: (m) => `${m.invert ? ' !' : ''} --mark${markMask(m.mark, m.mask)}`,
  xlate: (m) => `mark${xlateMark(m)}`,
  native: ({ mark: value, mask, invert }) => {
    if (mask === 0) return `meta mark ${invert ? '!= ' : ''}${word(value)}/0`;
    if (mask === U32_MAX) return `meta mark ${invert ? '!= ' : ''}${word(value)}`;
    return `meta mark & ${word(mask)} ${invert ? '!=' : '=='} ${word(value)}`;
  },
});

/** libxt_connmark.c. */
export const connmark: MatchExtension = matchExtension<XtConnmark, Draft<XtConnmark>, 'mark'>({
  name: 'connmark',
  own: (m) => (m.name === 'connmark' ? m : undefined),
  options: [{ name: 'mark', id: 'mark', type: 'markmask32', mandatory: true, invert: true }],
  help: MATCH_HELP.connmark,
  init: () => ({ name: 'connmark', mark: 0, mask: 0, invert: false }),
  parse: (draft, { value, invert }) => {
    Object.assign(draft, { mark: value.mark, mask: value.mask, invert });
    return undefined;
  },
  build: (draft) => ({ ...draft }),
  print: (m) => ` connmark match ${m.invert ? '!' : ''}${markMask(m.mark, m.mask)}`,
  save: (m) => `${m.invert ? ' !' : ''} --mark${markMask(m.mark, m.mask)}`,
  xlate: (m) => `ct mark${xlateMark(m)}`,
});

/** print_mark_xlate(). */
const xlateMark = ({ mark: value, mask, invert }: XtMark | XtConnmark): string =>
  mask === U32_MAX
    ? ` ${invert ? '!= ' : ''}${hex(value)}`
    : ` and ${hex(mask)} ${invert ? '!=' : '=='} ${hex(value)}`;

/** A mark as nft prints it. */
const word = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;
