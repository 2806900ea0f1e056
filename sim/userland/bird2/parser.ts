import type { Ip } from '../../wire/frame';
import { addressBits, type Cidr, familyOf, formatIp, networkOf, parseIp } from '../../wire/ip';
import type { Config, ConfigSymbol } from './config';
import { Lexer, type LexerEnv, type Token } from './lexer';

/** Reads tokens with one symbol of lookahead; the first error makes everything that follows END. */
export class Parser {
  readonly lexer: Lexer;
  /** What the simulation lacks; it ends the parse as an error does. */
  missing: string | undefined;
  readonly #variables: Set<string>[] = [];
  #ahead: Token | undefined;

  constructor(
    readonly config: Config,
    text: string,
    include: LexerEnv['include'],
  ) {
    this.lexer = new Lexer(config.file, text, {
      include,
      isSymbol: (name) => this.isVariable(name) || config.symbols.has(name),
    });
  }

  get failed(): boolean {
    return this.lexer.error !== undefined;
  }

  peek(): Token {
    this.#ahead ??= this.lexer.next();
    return this.#ahead;
  }

  next(): Token {
    const token = this.peek();
    this.#ahead = undefined;
    return token;
  }

  is(...kinds: readonly string[]): boolean {
    return kinds.includes(this.peek().kind);
  }

  /** Takes the token if it is of this kind. */
  take(kind: string): boolean {
    if (!this.is(kind)) return false;
    this.next();
    return true;
  }

  /** Takes the words if all of them follow; the first decides, the rest is then demanded. */
  words(...kinds: readonly string[]): boolean {
    if (!this.is(kinds[0] ?? '')) return false;
    for (const kind of kinds) this.expect(kind);
    return true;
  }

  expect(kind: string, ...others: readonly string[]): Token {
    if (!this.is(kind)) this.unexpected(kind, ...others);
    return this.next();
  }

  /** yyerror() of bison: at most four expected tokens are named. */
  unexpected(...expected: readonly string[]): void {
    const token = this.peek();
    if (this.failed) return;
    const list =
      expected.length > 0 && expected.length <= 4 ? `, expecting ${expected.join(' or ')}` : '';
    this.lexer.fail(`syntax error, unexpected ${token.kind}${list}`, token);
    this.#ahead = undefined;
  }

  /** cf_error() of a rule that ended with the token just read. */
  fail(message: string): void {
    if (!this.failed) this.lexer.fail(message, this.#ahead);
    this.#ahead = undefined;
  }

  notSimulated(what: string): void {
    if (!this.failed) this.missing ??= what;
    this.fail(`${what} is not simulated`);
  }

  pushScope(names: readonly string[]): void {
    this.#variables.push(new Set(names));
  }

  popScope(): void {
    this.#variables.pop();
  }

  declare(name: string): void {
    this.#variables[this.#variables.length - 1]?.add(name);
  }

  isVariable(name: string): boolean {
    return this.#variables.some((scope) => scope.has(name));
  }

  symbol(): ConfigSymbol | undefined {
    return this.config.symbols.get(this.expect('CF_SYM_KNOWN').text);
  }

  get isName(): boolean {
    return this.is('CF_SYM_KNOWN', 'CF_SYM_UNDEFINED') || NAMES.has(this.peek().kind);
  }

  /** `symbol` of the grammar: a name that is known or not. */
  name(): string {
    if (this.is('CF_SYM_KNOWN') || NAMES.has(this.peek().kind)) return this.next().text;
    if (!this.is('CF_SYM_UNDEFINED')) this.unexpected();
    return this.next().text;
  }

  /** cf_define_symbol(). */
  define(name: string, symbol: ConfigSymbol): void {
    if (this.config.symbols.has(name)) this.fail('Symbol already defined');
    this.config.symbols.set(name, symbol);
  }

  /** expr. */
  number(): number {
    if (this.is('NUM')) return Number(this.next().text);
    if (this.is('CF_SYM_KNOWN')) {
      const symbol = this.symbol();
      if (symbol?.kind === 'constant' && symbol.value.type === 'int') return symbol.value.value;
      this.fail('Number constant expected');
      return 0;
    }
    this.unexpected();
    return 0;
  }

  /** bool: silence means agreement. */
  bool(): boolean {
    if (this.is('NUM', 'CF_SYM_KNOWN')) return this.number() !== 0;
    if (this.take('ON') || this.take('YES')) return true;
    return !(this.take('OFF') || this.take('NO'));
  }

  /** ipa. */
  address(): Ip {
    if (this.is('IP4', 'IP6')) return parseIp(this.next().text) ?? 0;
    if (this.is('CF_SYM_KNOWN')) {
      const symbol = this.symbol();
      if (symbol?.kind === 'constant' && symbol.value.type === 'ip') return symbol.value.value;
      this.fail('IP address constant expected');
      return 0;
    }
    this.unexpected('IP4', 'IP6', 'CF_SYM_KNOWN');
    return 0;
  }

  /** idval. */
  routerId(): number {
    if (this.is('NUM')) return Number(this.next().text);
    const ip = this.address();
    return typeof ip === 'number' ? ip : 0;
  }

  text(): string {
    if (this.is('TEXT')) return this.next().text;
    if (this.is('CF_SYM_KNOWN')) {
      const symbol = this.symbol();
      if (symbol?.kind === 'constant' && symbol.value.type === 'string') return symbol.value.value;
      this.fail('String constant expected');
      return '';
    }
    this.unexpected('TEXT', 'CF_SYM_KNOWN');
    return '';
  }

  /** net_ip_ after its address. */
  prefixOf(ip: Ip): Cidr {
    this.expect("'/'");
    const prefixLen = Number(this.expect('NUM').text);
    const family = familyOf(ip);
    if (prefixLen > addressBits(family)) this.fail(`Invalid prefix length ${prefixLen}`);
    const address = networkOf(ip, Math.min(prefixLen, addressBits(family)));
    if (address !== ip) {
      this.fail(
        `Invalid IPv${family} prefix ${formatIp(ip)}/${prefixLen}, maybe you wanted ${formatIp(address)}/${prefixLen}`,
      );
    }
    return { address, prefixLen };
  }

  /** net_any. */
  net(): Cidr {
    if (this.is('IP4', 'IP6')) return this.prefixOf(parseIp(this.next().text) ?? 0);
    if (this.is('CF_SYM_KNOWN')) {
      const symbol = this.symbol();
      if (symbol?.kind === 'constant' && symbol.value.type === 'prefix') return symbol.value.value;
      this.fail('Network constant expected');
    } else this.unexpected();
    return { address: 0, prefixLen: 0 };
  }
}

/** Keywords that may yet be names: `symbol` of proto/bgp/config.Y. */
const NAMES: ReadonlySet<string> = new Set(
  'ROLE PEER PROVIDER CUSTOMER RS_SERVER RS_CLIENT'.split(' '),
);
