import { parseIp } from '../../../wire/ip';
import type { Parser } from '../parser';
import type { AttributeName, BinaryOperator, StaticName, Term } from './ast';
import { parseMask, parseSet } from './parse-set';

const ATTRIBUTES: Readonly<Record<string, AttributeName>> = {
  BGP_ORIGIN: 'bgp_origin',
  BGP_PATH: 'bgp_path',
  BGP_NEXT_HOP: 'bgp_next_hop',
  BGP_MED: 'bgp_med',
  BGP_LOCAL_PREF: 'bgp_local_pref',
  BGP_COMMUNITY: 'bgp_community',
  BGP_LARGE_COMMUNITY: 'bgp_large_community',
  BGP_ORIGINATOR_ID: 'bgp_originator_id',
  BGP_CLUSTER_LIST: 'bgp_cluster_list',
  KRT_SOURCE: 'krt_source',
  KRT_METRIC: 'krt_metric',
  KRT_PREFSRC: 'krt_prefsrc',
  IGP_METRIC: 'igp_metric',
};
const STATICS: Readonly<Record<string, StaticName>> = {
  FROM: 'from',
  GW: 'gw',
  NET: 'net',
  PROTO: 'proto',
  SOURCE: 'source',
  SCOPE: 'scope',
  DEST: 'dest',
  IFNAME: 'ifname',
  PREFERENCE: 'preference',
};

export const attributeOf = (kind: string): AttributeName | undefined => ATTRIBUTES[kind];
export const staticOf = (kind: string): StaticName | undefined => STATICS[kind];

const MAX_DEPTH = 200;
const depth = new WeakMap<Parser, number>();

/** term; AND and OR have one precedence and group to the left. */
export function parseTerm(p: Parser): Term {
  const level = (depth.get(p) ?? 0) + 1;
  if (level > MAX_DEPTH) p.fail('memory exhausted');
  depth.set(p, level);
  let left = comparison(p);
  while (p.is('AND', 'OR')) {
    const kind = p.next().kind === 'AND' ? 'and' : 'or';
    left = { kind, left, right: comparison(p) };
  }
  depth.set(p, level - 1);
  return left;
}

const COMPARISONS: Readonly<Record<string, BinaryOperator>> = {
  "'='": '=',
  NEQ: '!=',
  "'<'": '<',
  LEQ: '<=',
  "'~'": '~',
  NMA: '!~',
};

function comparison(p: Parser): Term {
  const left = sum(p);
  const { kind } = p.peek();
  const op = COMPARISONS[kind];
  if (op) {
    p.next();
    return { kind: 'binary', op, left, right: sum(p) };
  }
  if (kind !== "'>'" && kind !== 'GEQ') return left;
  p.next();
  return { kind: 'binary', op: kind === 'GEQ' ? '<=' : '<', left: sum(p), right: left };
}

function sum(p: Parser): Term {
  let left = product(p);
  while (p.is("'+'", "'-'")) {
    const op = p.next().kind === "'+'" ? '+' : '-';
    left = { kind: 'binary', op, left, right: product(p) };
  }
  return left;
}

function product(p: Parser): Term {
  let left = unary(p);
  while (p.is("'*'", "'/'")) {
    const op = p.next().kind === "'*'" ? '*' : '/';
    left = { kind: 'binary', op, left, right: unary(p) };
  }
  return left;
}

function unary(p: Parser): Term {
  if (!p.take("'!'")) return postfix(p);
  return { kind: 'not', of: postfix(p) };
}

/** Members after `.`: `.len`, `.mask(16)`, `.first`. */
function postfix(p: Parser): Term {
  let term = primary(p);
  while (p.take("'.'")) {
    const name = p.next().text;
    term = { kind: 'member', of: term, name, args: p.is("'('") ? list(p) : [] };
  }
  return term;
}

function list(p: Parser): readonly Term[] {
  const terms: Term[] = [];
  p.expect("'('");
  while (!p.is("')'", 'END')) {
    terms.push(parseTerm(p));
    if (!p.take("','")) break;
  }
  p.expect("')'");
  return terms;
}

function primary(p: Parser): Term {
  const { kind, text } = p.peek();
  const attribute = attributeOf(kind);
  const fixed = staticOf(kind);
  if (attribute || fixed || kind in LITERALS) p.next();
  if (attribute) return { kind: 'attribute', name: attribute };
  if (fixed) return { kind: 'static', name: fixed };
  const literal = LITERALS[kind];
  if (literal) return literal(p, text);
  if (kind === "'('") {
    const terms = list(p);
    const only = terms[0];
    return terms.length === 1 && only ? only : { kind: 'tuple', items: terms };
  }
  if (kind === 'DEFINED') {
    p.next();
    const [of] = list(p);
    return of ? { kind: 'defined', of } : NOTHING;
  }
  if (kind === "'+'" || kind === "'-'") return emptyList(p);
  if (kind === 'CF_SYM_KNOWN') return named(p, text);
  if (METHOD_CALLS.has(kind)) {
    p.next();
    const [of, ...args] = list(p);
    return of ? { kind: 'member', of, name: text, args } : NOTHING;
  }
  p.unexpected();
  return NOTHING;
}

const NOTHING: Term = { kind: 'constant', value: { type: 'void' } };
const METHOD_CALLS: ReadonlySet<string> = new Set(['PREPEND', 'ADD', 'DELETE', 'FILTER']);

const LITERALS: Readonly<Record<string, (p: Parser, text: string) => Term>> = {
  NUM: (_p, text) => ({ kind: 'constant', value: { type: 'int', value: Number(text) } }),
  TRUE: () => ({ kind: 'constant', value: { type: 'bool', value: true } }),
  FALSE: () => ({ kind: 'constant', value: { type: 'bool', value: false } }),
  TEXT: (_p, text) => ({ kind: 'constant', value: { type: 'string', value: text } }),
  ENUM: (_p, text) => ({ kind: 'constant', value: { type: 'enum', value: text } }),
  IP4: addressTerm,
  IP6: addressTerm,
  "'['": (p) => ({ kind: 'constant', value: parseSet(p) }),
  PO: (p) => ({ kind: 'mask', items: parseMask(p, parseTerm) }),
};

function addressTerm(p: Parser, text: string): Term {
  const address = parseIp(text) ?? 0;
  if (!p.is("'/'")) return { kind: 'constant', value: { type: 'ip', value: address } };
  return { kind: 'constant', value: { type: 'prefix', value: p.prefixOf(address) } };
}

/** `+empty+`, `-empty-`, `---empty---`. */
function emptyList(p: Parser): Term {
  let dashes = 0;
  const isPath = p.take("'+'");
  while (p.take("'-'")) dashes++;
  p.expect('EMPTY');
  if (isPath) p.expect("'+'");
  for (let i = 0; i < dashes; i++) p.expect("'-'");
  if (isPath) return { kind: 'constant', value: { type: 'path', value: [] } };
  const type = dashes === 3 ? 'lclist' : 'clist';
  return { kind: 'constant', value: { type, value: [] } };
}

function named(p: Parser, name: string): Term {
  if (p.isVariable(name)) {
    p.next();
    return { kind: 'variable', name };
  }
  const symbol = p.symbol();
  if (symbol?.kind === 'constant') return { kind: 'constant', value: symbol.value };
  if (symbol?.kind === 'function' && p.is("'('"))
    return { kind: 'call', function: name, args: list(p) };
  if (p.is("'('")) p.fail("You can't call something which is not a function. Really.");
  else p.fail(`Can't get value of symbol ${name}`);
  return NOTHING;
}
