import type { Environment } from './identifier';
import { type FilterError, type Keyword, SYNTAX_ERROR, type Token } from './token';

/** So that brackets cannot exhaust the stack. */
export const MAX_DEPTH = 200;

/**
 * Where the parser is in its tokens, and the first error: the parsing functions give undefined once
 * it is set.
 */
export class TokenCursor {
  error: FilterError | undefined;
  at = 0;
  depth = 0;
  /** Tags before what is matched now: `vlan` moves all that follows. */
  vlans = 0;
  readonly env: Environment;
  readonly #tokens: readonly Token[];

  constructor(tokens: readonly Token[], env: Environment) {
    this.#tokens = tokens;
    this.env = env;
  }

  get isAtEnd(): boolean {
    return this.at >= this.#tokens.length;
  }

  /** What VLAN tags in the packet take; in a live capture the first is not in it. */
  get shift(): number {
    const inline = this.env.live && this.vlans > 0 ? this.vlans - 1 : this.vlans;
    return 4 * inline;
  }

  syntax(): undefined {
    return this.fail(SYNTAX_ERROR);
  }

  /** bpf_set_error(): the first error stays. */
  fail(error: FilterError): undefined {
    this.error ??= error;
    return undefined;
  }

  peek(ahead = 0): Token | undefined {
    return this.#tokens[this.at + ahead];
  }

  isOp(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token?.kind === 'op' && token.text === text;
  }

  keyword(ahead = 0): Keyword | undefined {
    const token = this.peek(ahead);
    return token?.kind === 'keyword' ? token.text : undefined;
  }

  takeOp(text: string): boolean {
    if (!this.isOp(text)) return false;
    this.at += 1;
    return true;
  }

  takeNumber(): number | undefined {
    const token = this.peek();
    if (token?.kind !== 'number') return this.syntax();
    this.at += 1;
    return token.value;
  }
}
