/** A word of the command and where it begins. */
export interface Token {
  readonly text: string;
  readonly at: number;
}

/** What a command prints and ends with. */
export interface Answer {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

export const DONE: Answer = { out: '', err: '', code: 0 };
export const said = (out: string, err = ''): Answer => ({ out, err, code: 0 });

/** The command line as nft's scanner sees it: the arguments with blanks between. */
export class Source {
  readonly tokens: readonly Token[];

  constructor(readonly text: string) {
    this.tokens = [...text.matchAll(/[^ \t\n]+/g)].map((found) => ({
      text: found[0],
      at: found.index,
    }));
  }

  word(index: number): string | undefined {
    return this.tokens[index]?.text;
  }

  /** netlink_io_error(), erec_print(): the text with carets under the word. */
  error(text: string, index: number): Answer {
    const token = this.tokens[index] ?? { text: '^', at: this.text.length };
    const carets = '^'.repeat(token.text.length);
    return {
      out: '',
      err: `Error: ${text}\n${this.text}\n${' '.repeat(token.at)}${carets}\n`,
      code: 1,
    };
  }

  /** yyerror() of bison: what stood where something else was expected. */
  syntaxError(index: number, expected?: string): Answer {
    const word = this.word(index);
    const found = word === undefined ? 'newline' : /^\d+$/.test(word) ? 'number' : 'string';
    const more = expected === undefined ? '' : `, expecting ${expected}`;
    return this.error(`syntax error, unexpected ${found}${more}`, index);
  }
}
