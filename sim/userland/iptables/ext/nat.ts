import type { XtNat } from '../../../linux/netfilter/xt-target';
import type { Family } from '../../../wire/ip';
import {
  parameterProblem,
  type TargetExtension,
  targetExtension,
  type XtError,
  type XtOption,
  type XtOptionCall,
} from '../extension';
import type { Draft } from './draft';
import { TARGET_HELP } from './help-text';
import { hasPorts, natRangeText, parseNatPorts, parseNatTo } from './nat-range';

type Id = 'to' | 'ports' | 'random' | 'randomFully' | 'persistent';
type Option = XtOption & { readonly id: Id };
type NatName = Exclude<XtNat['name'], 'NETMAP'>;

interface Words {
  readonly name: NatName;
  readonly options: readonly Option[];
  /** What stands before the range in -L and in -S. */
  readonly print: string;
  readonly save: string;
}

const NO_SHIFT = 'Shifted portmap ranges not supported with this kernel';

const TO_PORTS: Option = { name: 'to-ports', id: 'ports', type: 'string' };
const RANDOM: Option = { name: 'random', id: 'random', type: 'none' };
const RANDOM_FULLY: Option = { name: 'random-fully', id: 'randomFully', type: 'none' };
const PERSISTENT: Option = { name: 'persistent', id: 'persistent', type: 'none' };

/** extensions/libxt_NAT.c: four targets of one struct. */
const nat = ({ name, options, print, save }: Words): TargetExtension =>
  targetExtension<XtNat, Draft<XtNat>, Id>({
    name,
    own: (t) => (t.name === name ? t : undefined),
    options,
    help: TARGET_HELP[name],
    init: () => ({ name, random: false, randomFully: false, persistent: false }),
    parse,
    finalCheck: ({ basePort }) =>
      name === 'REDIRECT' && basePort !== undefined ? parameterProblem(NO_SHIFT) : undefined,
    // Only DNAT's struct has room for the base; the others keep that there was one.
    build: (draft) => ({
      ...draft,
      basePort: name === 'DNAT' || draft.basePort === undefined ? draft.basePort : 0,
    }),
    print: (t, { family }) => text(t, family, print, ''),
    save: (t, family) => text(t, family, save, '--'),
    xlate: (t, family) => xlate(t, family),
  });

export const dnat = nat({
  name: 'DNAT',
  options: [
    { name: 'to-destination', id: 'to', type: 'string', mandatory: true },
    RANDOM,
    PERSISTENT,
  ],
  print: 'to:',
  save: '--to-destination ',
});

export const snat = nat({
  name: 'SNAT',
  options: [
    { name: 'to-source', id: 'to', type: 'string', mandatory: true },
    RANDOM,
    RANDOM_FULLY,
    PERSISTENT,
  ],
  print: 'to:',
  save: '--to-source ',
});

export const masquerade = nat({
  name: 'MASQUERADE',
  options: [TO_PORTS, RANDOM, RANDOM_FULLY],
  print: 'masq ports: ',
  save: '--to-ports ',
});

export const redirect = nat({
  name: 'REDIRECT',
  options: [TO_PORTS, RANDOM],
  print: 'redir ports ',
  save: '--to-ports ',
});

/** __NAT_parse(). */
function parse(draft: Draft<XtNat>, call: XtOptionCall<Id>): XtError | undefined {
  const { id, arg, rule } = call;
  if (id !== 'to' && id !== 'ports') {
    draft[id] = true;
    return undefined;
  }
  const portok = hasPorts(rule);
  const range = id === 'to' ? parseNatTo(arg, portok, rule.family) : parseNatPorts(arg, portok);
  if (!range.ok) return range.error;
  Object.assign(draft, range.value);
  return undefined;
}

/** __NAT_print(): MASQUERADE and REDIRECT have ports alone, without their colon. */
function text(t: XtNat, family: Family, before: string, prefix: '' | '--'): string {
  const range = natRangeText(t, family);
  const alone = t.name === 'MASQUERADE' || t.name === 'REDIRECT';
  return (
    (range === '' ? '' : ` ${before}${alone ? range.replace(/^:/, '') : range}`) +
    (t.random ? ` ${prefix}random` : '') +
    (t.randomFully ? ` ${prefix}random-fully` : '') +
    (t.persistent ? ` ${prefix}persistent` : '')
  );
}

/** __NAT_xlate(). */
function xlate(t: XtNat, family: Family): string | undefined {
  if (t.basePort !== undefined) return undefined;
  const range = natRangeText(t, family);
  const flags = [
    ...(t.random ? ['random'] : []),
    ...(t.randomFully ? ['fully-random'] : []),
    ...(t.persistent ? ['persistent'] : []),
  ].join(',');
  return `${t.name.toLowerCase()}${range === '' ? '' : ` to ${range}`}${flags && ` ${flags}`}`;
}
