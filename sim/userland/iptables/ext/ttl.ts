import type { XtTtl } from '../../../linux/netfilter/xt-match';
import { type MatchExtension, matchExtension, parameterProblem } from '../extension';
import type { Draft } from './draft';
import { MATCH_HELP } from './help-text';

type Op = XtTtl['op'];

interface Names {
  readonly what: 'TTL' | 'HL';
  readonly missing: string;
  readonly field: string;
  /** What stands for each comparison in nft's words. */
  readonly xlate: Readonly<Record<Op, string>>;
}

const SIGNS: Readonly<Record<Op, string>> = { eq: '==', ne: '!=', lt: '<', gt: '>' };

/** extensions/libipt_ttl.c and libip6t_hl.c: the same match under two names. */
function timeToLive(name: 'ttl' | 'hl', names: Names): MatchExtension {
  const excl = ['lt', 'gt', 'eq'];
  return matchExtension<XtTtl, Draft<XtTtl>, 'lt' | 'gt' | 'eq'>({
    name,
    families: name === 'ttl' ? [4] : [6],
    own: (m) => (m.name === name ? m : undefined),
    options: [
      { name: `${name}-lt`, id: 'lt', type: 'uint8', excl },
      { name: `${name}-gt`, id: 'gt', type: 'uint8', excl },
      { name: `${name}-eq`, id: 'eq', type: 'uint8', excl, invert: true },
      { name, id: 'eq', type: 'uint8', excl },
    ],
    help: MATCH_HELP[name],
    init: () => ({ name, op: 'eq', value: 0 }),
    parse: (draft, { id, value, invert }) => {
      Object.assign(draft, { op: id === 'eq' && invert ? 'ne' : id, value: value.num });
      return undefined;
    },
    finalCheck: (_, flags) => (flags.size === 0 ? parameterProblem(names.missing) : undefined),
    build: (draft) => ({ ...draft }),
    print: (m) => ` ${names.what} match ${names.what} ${SIGNS[m.op]} ${m.value}`,
    save: (m) => (m.op === 'ne' ? ` ! --${name}-eq ${m.value}` : ` --${name}-${m.op} ${m.value}`),
    xlate: (m) => `${names.field}${names.xlate[m.op]} ${m.value}`,
  });
}

export const ttl = timeToLive('ttl', {
  what: 'TTL',
  missing: "TTL match: You must specify one of `--ttl-eq', `--ttl-lt', `--ttl-gt",
  field: 'ip ttl',
  xlate: { eq: '', ne: ' !=', lt: ' lt', gt: ' gt' },
});

export const hl = timeToLive('hl', {
  what: 'HL',
  missing: "HL match: You must specify one of `--hl-eq', `--hl-lt', `--hl-gt'",
  field: 'ip6 hoplimit',
  xlate: { eq: '', ne: ' !=', lt: ' lt', gt: ' gt' },
});
