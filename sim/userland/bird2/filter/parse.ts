import { addressBits, familyOf, parseIp } from '../../../wire/ip';
import type { ChannelFilter } from '../config';
import type { Parser } from '../parser';
import { type Case, type Command, type Filter, type Term, whereFilter } from './ast';
import { constantOf } from './eval';
import { parseSetItems } from './parse-set';
import { attributeOf, parseTerm, staticOf } from './parse-term';
import type { FilterValue } from './value';

const TYPES: ReadonlySet<string> = new Set(
  'INT BOOL IP RD PREFIX PAIR QUAD EC LC STRING BGPMASK BGPPATH CLIST ECLIST LCLIST'.split(' '),
);
const METHODS: ReadonlySet<string> = new Set(['EMPTY', 'PREPEND', 'ADD', 'DELETE', 'FILTER']);

/** filter: a name, or a body in place. */
export function parseFilter(p: Parser): Filter {
  if (p.is('CF_SYM_KNOWN') && !p.isVariable(p.peek().text)) {
    const { text } = p.peek();
    const symbol = p.symbol();
    if (symbol?.kind === 'filter') return symbol.filter;
    p.fail(`Symbol ${text} not a filter`);
  }
  return parseBody(p, undefined, []);
}

/** where_filter, after WHERE. */
export function parseWhere(p: Parser): Filter {
  p.pushScope([]);
  const filter = whereFilter(parseTerm(p));
  p.popScope();
  return filter;
}

/** function_body: declarations, then commands in braces. */
export function parseBody(
  p: Parser,
  name: string | undefined,
  parameters: readonly string[],
): Filter {
  p.pushScope(parameters);
  const variables: Command[] = [];
  while (TYPES.has(p.peek().kind)) variables.push(declaration(p));
  if (!p.is("'{'") && name === undefined && variables.length === 0) p.unexpected();
  p.expect("'{'");
  const body = [...variables, ...parseCommands(p)];
  p.expect("'}'");
  p.popScope();
  return { name, parameters, body };
}

/** function_args. */
export function parseParameters(p: Parser): readonly string[] {
  const names: string[] = [];
  p.expect("'('");
  while (!p.is("')'", 'END')) {
    type(p);
    names.push(p.name());
    if (!p.is("')'")) p.expect("';'", "')'");
  }
  p.expect("')'");
  return names;
}

function type(p: Parser): void {
  if (!TYPES.has(p.peek().kind)) p.unexpected();
  p.next();
  p.take('SET');
}

function declaration(p: Parser): Command {
  type(p);
  const name = p.name();
  p.declare(name);
  const value = p.take("'='") ? parseTerm(p) : undefined;
  p.expect("';'");
  return { kind: 'var', name, value };
}

/** cmds: up to the closing brace. */
export function parseCommands(p: Parser): readonly Command[] {
  const commands: Command[] = [];
  while (!p.is("'}'", 'END', 'ELSECOL')) commands.push(parseCommand(p));
  return commands;
}

function parseCommand(p: Parser): Command {
  if (TYPES.has(p.peek().kind)) return declaration(p);
  if (p.take("'{'")) {
    p.pushScope([]);
    const body = parseCommands(p);
    p.popScope();
    p.expect("'}'");
    return { kind: 'block', body };
  }
  if (p.take('IF')) return ifCommand(p);
  if (p.take('CASE')) return caseCommand(p);
  if (p.is('FOR')) p.notSimulated('for');
  if (p.is('ACCEPT', 'REJECT')) {
    const verdict = p.next().kind === 'ACCEPT' ? 'accept' : 'reject';
    return { kind: 'die', verdict, print: printList(p) };
  }
  if (p.is('PRINT', 'PRINTN')) {
    const newline = p.next().kind === 'PRINT';
    return { kind: 'print', print: printList(p), newline };
  }
  if (p.take('RETURN')) return { kind: 'return', value: ended(p, parseTerm(p)) };
  if (p.take('UNSET')) {
    p.expect("'('");
    const attribute = attributeOf(p.next().kind) ?? 'bgp_med';
    p.expect("')'");
    return ended(p, { kind: 'unset', attribute });
  }
  return assignment(p);
}

function ended<T>(p: Parser, value: T): T {
  p.expect("';'");
  return value;
}

function ifCommand(p: Parser): Command {
  const test = parseTerm(p);
  p.expect('THEN');
  const yes = parseCommand(p);
  const no = p.take('ELSE') ? parseCommand(p) : undefined;
  return { kind: 'if', test, yes, no };
}

function caseCommand(p: Parser): Command {
  const of = parseTerm(p);
  const cases: Case[] = [];
  p.expect("'{'");
  while (!p.is("'}'", 'END')) {
    const isElse = p.take('ELSECOL');
    const set: FilterValue | undefined = isElse
      ? undefined
      : { type: 'set', value: parseSetItems(p) };
    if (!isElse) p.expect("':'");
    cases.push({ set, body: caseBody(p) });
  }
  p.expect("'}'");
  return { kind: 'case', of, cases };
}

/** The commands of one case end where the next label begins. */
function caseBody(p: Parser): readonly Command[] {
  const body: Command[] = [];
  while (!p.is("'}'", 'END', 'ELSECOL', 'NUM', 'IP4', 'IP6', 'ENUM', "'('")) {
    body.push(parseCommand(p));
  }
  return body;
}

function printList(p: Parser): readonly Term[] {
  const terms: Term[] = [];
  while (!p.is("';'", 'END')) {
    terms.push(parseTerm(p));
    if (!p.take("','")) break;
  }
  p.expect("';'");
  return terms;
}

/** Assignments, changes of lists, and calls. */
function assignment(p: Parser): Command {
  const { kind, text } = p.peek();
  const attribute = attributeOf(kind);
  if (attribute) {
    p.next();
    if (p.take("'='")) return { kind: 'set', attribute, value: ended(p, parseTerm(p)) };
    p.expect("'.'", "'='");
    const method = p.next();
    if (!METHODS.has(method.kind)) p.unexpected();
    const value = method.kind === 'EMPTY' ? undefined : argument(p);
    return ended(p, { kind: 'change', attribute, method: method.kind, value });
  }
  const fixed = staticOf(kind);
  if (fixed) {
    p.next();
    p.expect("'='");
    const value = parseTerm(p);
    if (fixed === 'net' || fixed === 'proto' || fixed === 'source') {
      p.expect("';'");
      p.fail('This static attribute is read-only.');
    }
    return ended(p, { kind: 'setStatic', attribute: fixed, value });
  }
  if (kind !== 'CF_SYM_KNOWN') {
    p.unexpected();
    return { kind: 'block', body: [] };
  }
  if (p.isVariable(text)) {
    p.next();
    p.expect("'='", "'('");
    return { kind: 'assign', name: text, value: ended(p, parseTerm(p)) };
  }
  return { kind: 'call', call: ended(p, parseTerm(p)) };
}

function argument(p: Parser): Term {
  p.expect("'('");
  const term = parseTerm(p);
  p.expect("')'");
  return term;
}

/** A term that must be known when the configuration is read. */
export function parseConstant(p: Parser): FilterValue {
  p.pushScope([]);
  const value = constantOf(parseTerm(p), p.config.symbols);
  p.popScope();
  if (!value) p.fail('Runtime error');
  return value ?? { type: 'void' };
}

/** net_or_ipa of `show route`: a host is a full-length prefix. */
export function parseNetOrAddress(p: Parser) {
  if (!p.is('IP4', 'IP6')) p.unexpected('IP4', 'IP6', 'VPN_RD', 'CF_SYM_KNOWN');
  const address = parseIp(p.next().text) ?? 0;
  if (p.is("'/'")) return { ...p.prefixOf(address), host: false };
  return { address, prefixLen: addressBits(familyOf(address)), host: true };
}

/** imexport. */
export function parsePolicy(p: Parser): ChannelFilter | undefined {
  if (p.take('ALL')) return 'accept';
  if (p.take('NONE')) return 'reject';
  if (p.take('WHERE')) return parseWhere(p);
  p.expect('FILTER');
  return parseFilter(p);
}
