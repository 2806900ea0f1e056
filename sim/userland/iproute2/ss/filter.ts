import { err, ok, type Result } from '../../../base/result';
import type { DiagSock } from '../../../linux/socket/diag';
import type { SockState } from '../../../linux/socket/sock';
import { type Cidr, contains, parseCidr } from '../../../wire/ip';
import { servicePort } from '../../glibc/services';

/** The words of ss(8) for states. */
const STATE_WORDS: Readonly<Record<string, readonly SockState[]>> = {
  established: ['ESTABLISHED'],
  'syn-sent': ['SYN_SENT'],
  'syn-recv': ['SYN_RECV'],
  'fin-wait-1': ['FIN_WAIT1'],
  'fin-wait-2': ['FIN_WAIT2'],
  'time-wait': ['TIME_WAIT'],
  closed: ['CLOSE'],
  unconnected: ['CLOSE'],
  'close-wait': ['CLOSE_WAIT'],
  'last-ack': ['LAST_ACK'],
  listening: ['LISTEN'],
  closing: ['CLOSING'],
};

export const ALL_STATES: readonly SockState[] = Object.values(STATE_WORDS).flat();
const not = (...states: readonly SockState[]): readonly SockState[] =>
  ALL_STATES.filter((s) => !states.includes(s));
/** SS_CONN: what ss shows when no state is asked for. */
export const CONNECTED: readonly SockState[] = not('LISTEN', 'CLOSE', 'TIME_WAIT', 'SYN_RECV');

const GROUPS: Readonly<Record<string, readonly SockState[]>> = {
  all: ALL_STATES,
  connected: not('CLOSE', 'LISTEN'),
  synchronized: not('CLOSE', 'LISTEN', 'SYN_SENT'),
  bucket: ['SYN_RECV', 'TIME_WAIT'],
  big: not('SYN_RECV', 'TIME_WAIT'),
};

export type Predicate = (s: DiagSock) => boolean;

export interface SsFilter {
  readonly states: ReadonlySet<SockState> | undefined;
  readonly matches: Predicate;
  /** Whether there is an expression about addresses or ports. */
  readonly expression: boolean;
}

/** What ss says of operands that it does not understand, and its exit status. */
export interface FilterError {
  readonly text: string;
  readonly code: number;
}

const KEYWORDS: ReadonlySet<string> = new Set(
  'sport dport src dst and or not autobound dev fwmark cgroup ( ) ! | || & &&'.split(' '),
);

/** Conditions of ss(8) that are not simulated. */
const ABSENT: ReadonlySet<string> = new Set(['autobound', 'cgroup', 'dev', 'fwmark']);

/** A bare word is the peer's address: parse_hostcond(). */
const notAPrefix = (word: string): string =>
  `Error: an inet prefix is expected rather than "${word}".\nCannot parse dst/src address.\n`;

/** The operands of ss: `state X`, `exclude X`, then an expression. The error is what ss prints. */
export function parseFilter(
  words: readonly string[],
  initial: readonly SockState[],
): Result<SsFilter, FilterError> {
  const rest = [...words];
  let states: Set<SockState> | undefined;
  while (rest[0] === 'state' || rest[0] === 'exclude') {
    const excluding = rest.shift() === 'exclude';
    const word = (rest.shift() ?? '').toLowerCase();
    const named = STATE_WORDS[word] ?? GROUPS[word];
    if (!named) return err({ text: `ss: wrong state name: ${word}\n`, code: 255 });
    states ??= new Set(excluding ? initial : []);
    for (const state of named) {
      if (excluding) states.delete(state);
      else states.add(state);
    }
  }
  const tokens = rest.flatMap(tokenise);
  if (tokens.length === 0) return ok({ states, matches: () => true, expression: false });
  const absent = tokens.find((token) => ABSENT.has(token));
  if (absent !== undefined) {
    return err({ text: `hopwise: ss: the filter ${absent} is not simulated\n`, code: 2 });
  }
  const parser = new Parser(tokens);
  const expression = parser.or();
  if (!expression || !parser.atEnd) {
    const [first = ''] = tokens;
    if (!KEYWORDS.has(first) && OPERATORS[first] === undefined) {
      return err({ text: notAPrefix(first), code: 1 });
    }
    const text = `ss: bison bellows (while parsing filter): "syntax error!"${' '}Sorry.\n`;
    return err({ text, code: 255 });
  }
  return ok({ states, matches: expression, expression: true });
}

const tokenise = (text: string): readonly string[] =>
  text.match(/\(|\)|!=|==|>=|<=|[=<>!]|[^\s()=<>!]+/g) ?? [];

type Compare = (a: number, b: number) => boolean;
const OPERATORS: Readonly<Record<string, Compare>> = {
  '=': (a, b) => a === b,
  '==': (a, b) => a === b,
  eq: (a, b) => a === b,
  '!=': (a, b) => a !== b,
  ne: (a, b) => a !== b,
  neq: (a, b) => a !== b,
  '>=': (a, b) => a >= b,
  ge: (a, b) => a >= b,
  geq: (a, b) => a >= b,
  '<=': (a, b) => a <= b,
  le: (a, b) => a <= b,
  leq: (a, b) => a <= b,
  '>': (a, b) => a > b,
  gt: (a, b) => a > b,
  '<': (a, b) => a < b,
  lt: (a, b) => a < b,
};

/** misc/ssfilter.y. */
class Parser {
  #at = 0;

  constructor(readonly tokens: readonly string[]) {}

  get atEnd(): boolean {
    return this.#at >= this.tokens.length;
  }

  or(): Predicate | undefined {
    let left = this.#and();
    while (left && this.#take('or', '|', '||')) {
      const a = left;
      const b = this.#and();
      if (!b) return undefined;
      left = (s) => a(s) || b(s);
    }
    return left;
  }

  #and(): Predicate | undefined {
    let left = this.#not();
    while (left && !this.atEnd && !['or', '|', '||', ')'].includes(this.#peek())) {
      this.#take('and', '&', '&&');
      const a = left;
      const b = this.#not();
      if (!b) return undefined;
      left = (s) => a(s) && b(s);
    }
    return left;
  }

  #not(): Predicate | undefined {
    if (!this.#take('not', '!')) return this.#primary();
    const inner = this.#not();
    return inner && ((s) => !inner(s));
  }

  #primary(): Predicate | undefined {
    if (this.#take('(')) {
      const inner = this.or();
      return this.#take(')') ? inner : undefined;
    }
    const word = this.#next();
    if (word === 'sport' || word === 'dport') return this.#port(word);
    if (word === 'src' || word === 'dst') return this.#host(word);
    if (KEYWORDS.has(word) || word === '') return undefined;
    this.#at--;
    return this.#host('dst');
  }

  #port(which: 'sport' | 'dport'): Predicate | undefined {
    const compare = OPERATORS[this.#peek()];
    if (compare) this.#at++;
    const port = portOf(this.#next());
    if (port === undefined) return undefined;
    const test = compare ?? ((a: number, b: number) => a === b);
    return (s) => test(which === 'sport' ? s.srcPort : s.dstPort, port);
  }

  #host(which: 'src' | 'dst'): Predicate | undefined {
    const compare = OPERATORS[this.#peek()];
    if (compare) this.#at++;
    const pattern = hostOf(this.#next());
    if (!pattern) return undefined;
    const negative = compare !== undefined && !compare(0, 0);
    const matches: Predicate = (s) => {
      const ip = which === 'src' ? s.src : s.dst;
      const port = which === 'src' ? s.srcPort : s.dstPort;
      if (pattern.prefix && !contains(pattern.prefix, ip)) return false;
      return pattern.port === undefined || pattern.port === port;
    };
    return negative ? (s) => !matches(s) : matches;
  }

  #peek(): string {
    return this.tokens[this.#at] ?? '';
  }

  #next(): string {
    return this.tokens[this.#at++] ?? '';
  }

  #take(...words: readonly string[]): boolean {
    if (this.atEnd || !words.includes(this.#peek())) return false;
    this.#at++;
    return true;
  }
}

function portOf(text: string): number | undefined {
  const name = text.replace(/^.*:/, '');
  if (/^\d{1,5}$/.test(name)) return Number(name);
  return servicePort(name, 'tcp') ?? servicePort(name, 'udp');
}

interface HostPattern {
  readonly prefix: Cidr | undefined;
  readonly port: number | undefined;
}

/** parse_hostcond(): `10.0.0.0/8`, `10.0.0.1:80`, `[fe80::1]:22`, `:80`. */
function hostOf(text: string): HostPattern | undefined {
  const bracket = /^\[([^\]]*)\](\/\d+)?(?::([^:]+))?$/.exec(text);
  const colons = text.split(':').length - 1;
  const at = colons === 1 ? text.indexOf(':') : text.length;
  const host = bracket ? (bracket[1] ?? '') + (bracket[2] ?? '') : text.slice(0, at);
  const service = bracket ? bracket[3] : colons === 1 ? text.slice(at + 1) : undefined;
  const named = service !== undefined && service !== '*';
  const port = named ? portOf(service) : undefined;
  if (named && port === undefined) return undefined;
  if (host === '' || host === '*') return { prefix: undefined, port };
  const prefix = parseCidr(host);
  return prefix && { prefix, port };
}
