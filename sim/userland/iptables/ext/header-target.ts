import type { XtTarget } from '../../../linux/netfilter/xt-target';
import { parameterProblem, type TargetExtension, targetExtension } from '../extension';
import type { Draft } from './draft';
import { classToDscp } from './dscp-class';
import { TARGET_HELP } from './help-text';
import { hex2 } from './number-text';
import { tosName, tosText } from './tos-names';

type TtlTarget = Extract<XtTarget, { name: 'TTL' | 'HL' }>;
type TosTarget = Extract<XtTarget, { name: 'TOS' }>;
type DscpTarget = Extract<XtTarget, { name: 'DSCP' }>;

const CHANGES = { set: 'set to', inc: 'increment by', dec: 'decrement by' } as const;

/** extensions/libipt_TTL.c, libip6t_HL.c. */
function timeToLive(name: 'TTL' | 'HL'): TargetExtension {
  const option = name.toLowerCase();
  const excl = ['set', 'inc', 'dec'];
  return targetExtension<TtlTarget, Draft<TtlTarget>, 'set' | 'inc' | 'dec'>({
    name,
    families: name === 'TTL' ? [4] : [6],
    own: (t) => (t.name === name ? t : undefined),
    options: [
      { name: `${option}-set`, id: 'set', type: 'uint8', excl },
      { name: `${option}-dec`, id: 'dec', type: 'uint8', excl, min: 1 },
      { name: `${option}-inc`, id: 'inc', type: 'uint8', excl, min: 1 },
    ],
    help: TARGET_HELP[name],
    init: () => ({ name, op: 'set', value: 0 }),
    parse: (draft, { id, value }) => {
      Object.assign(draft, { op: id, value: value.num });
      return undefined;
    },
    finalCheck: (_, flags) =>
      flags.size === 0 ? parameterProblem(`${name}: You must specify an action`) : undefined,
    build: (draft) => ({ ...draft }),
    print: (t) => ` ${name} ${CHANGES[t.op]} ${t.value}`,
    save: (t) => ` --${option}-${t.op} ${t.value}`,
  });
}

export const ttlTarget = timeToLive('TTL');
export const hlTarget = timeToLive('HL');

const TOS_CHANGES = ['set', 'and', 'or', 'xor'] as const;

/** extensions/libxt_TOS.c, revision 1. */
export const tosTarget = targetExtension<TosTarget, Draft<TosTarget>, (typeof TOS_CHANGES)[number]>(
  {
    name: 'TOS',
    own: (t) => (t.name === 'TOS' ? t : undefined),
    options: [
      { name: 'set-tos', id: 'set', type: 'tosmask', excl: TOS_CHANGES, max: 0x3f },
      { name: 'and-tos', id: 'and', type: 'uint8', excl: TOS_CHANGES },
      { name: 'or-tos', id: 'or', type: 'uint8', excl: TOS_CHANGES },
      { name: 'xor-tos', id: 'xor', type: 'uint8', excl: TOS_CHANGES },
    ],
    help: TARGET_HELP.TOS,
    init: () => ({ name: 'TOS', value: 0, mask: 0 }),
    parse: (draft, { id, value: { mark, mask, num } }) => {
      if (id === 'set') Object.assign(draft, { value: mark, mask });
      else if (id === 'and') Object.assign(draft, { value: 0, mask: ~num & 0xff });
      else Object.assign(draft, { value: num, mask: id === 'or' ? num : 0 });
      return undefined;
    },
    finalCheck: (_, flags) =>
      flags.size === 0 ? parameterProblem('TOS: An action is required') : undefined,
    build: (draft) => ({ ...draft }),
    print: (t, { numeric }) => ` TOS ${numeric ? `set ${tosText(t.value, t.mask)}` : tosChange(t)}`,
    save: (t) => ` --set-tos ${tosText(t.value, t.mask)}`,
    xlate: xlateTos,
  },
);

/** tos_tg_print() without -n, whose names stand without a blank. */
function tosChange({ value, mask }: TosTarget): string {
  const name = tosName(value, mask);
  if (name) return `set${name.trimStart()}`;
  if (value === 0) return `and ${hex2(~mask & 0xff)}`;
  if (value === mask) return `or ${hex2(value)}`;
  if (mask === 0) return `xor ${hex2(value)}`;
  return `set ${tosText(value, mask)}`;
}

/** __tos_xlate(), which says ip6 whatever the family. */
function xlateTos({ value, mask }: TosTarget): string {
  const kept = hex2((~mask & 0xff) >> 2);
  const code = hex2(value >> 2);
  const set = 'ip6 dscp set ';
  if ((mask & 0x3f) === 0x3f) return set + code;
  if (value === 0) return `${set}ip6 dscp and ${kept}`;
  if (value === mask) return `${set}ip6 dscp or ${code}`;
  if (mask === 0) return `${set}ip6 dscp xor ${code}`;
  return `${set}ip6 dscp and ${kept} xor ${code}`;
}

/** extensions/libxt_DSCP.c. */
export const dscpTarget = targetExtension<DscpTarget, Draft<DscpTarget>, 'dscp' | 'class'>({
  name: 'DSCP',
  own: (t) => (t.name === 'DSCP' ? t : undefined),
  options: [
    { name: 'set-dscp', id: 'dscp', type: 'uint8', excl: ['class'], max: 63 },
    { name: 'set-dscp-class', id: 'class', type: 'string', excl: ['dscp'] },
  ],
  help: TARGET_HELP.DSCP,
  init: () => ({ name: 'DSCP', dscp: 0 }),
  parse: (draft, { id, arg, value }) => {
    const code = id === 'class' ? classToDscp(arg) : undefined;
    if (code && !code.ok) return code.error;
    draft.dscp = code ? code.value : value.num;
    return undefined;
  },
  finalCheck: (_, flags) =>
    flags.size === 0
      ? parameterProblem('DSCP target: Parameter --set-dscp is required')
      : undefined,
  build: (draft) => ({ ...draft }),
  print: (t) => ` DSCP set ${hex2(t.dscp)}`,
  save: (t) => ` --set-dscp ${hex2(t.dscp)}`,
  xlate: (t, family) => `${family === 4 ? 'ip' : 'ip6'} dscp set ${hex2(t.dscp)}`,
});
