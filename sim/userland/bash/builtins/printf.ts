import type { Blocking } from '../../../linux/wait-queue';
import { assign, parseTarget } from '../assign';
import { fail, out, usage } from '../builtin';
import { formatFloat, parseLongDouble } from '../format-float';
import { clock } from '../prompt';
import { backslashQuote } from '../quote';
import type { Shell } from '../shell';
import { strftime } from '../strftime';
import { byteChar, joinBytes } from '../word';
import { echoEscapes } from './echo';

const USAGE = 'printf [-v var] format [arguments]';

interface Directive {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly letter: string;
}

/** printf.def. */
export function* printf(sh: Shell, words: readonly string[]): Blocking<number> {
  let args = words.slice(1);
  let variable: string | undefined;
  if (args[0] === '-v') {
    variable = args[1];
    if (variable === undefined)
      return yield* usage(sh, 'printf', '-v: option requires an argument', USAGE);
    if (!parseTarget(variable))
      return yield* fail(sh, 'printf', `\`${variable}': not a valid identifier`, 2);
    args = args.slice(2);
  } else if (/^-./.test(args[0] ?? '') && args[0] !== '--') {
    return yield* usage(sh, 'printf', `${(args[0] ?? '').slice(0, 2)}: invalid option`, USAGE);
  }
  if (args[0] === '--') args = args.slice(1);
  const format = args[0];
  if (format === undefined) {
    yield* sh.raw(2, `printf: usage: ${USAGE}\n`);
    return 2;
  }
  const formatter = new Formatter(sh, format, args.slice(1));
  const text = formatter.run();
  let status = 0;
  if (variable === undefined) status = yield* out(sh, 'printf', text);
  else {
    const target = parseTarget(variable);
    if (target && !(yield* assign(sh, target, text))) status = 1;
  }
  for (const problem of formatter.problems) yield* sh.error(`printf: ${problem}`);
  return formatter.problems.length > 0 ? 1 : status;
}

/** How many times a format may be used again for more arguments. */
const MAX_ROUNDS = 100_000;

class Formatter {
  readonly problems: string[] = [];
  #out = '';
  #at = 0;
  #stop = false;

  constructor(
    readonly sh: Shell,
    readonly format: string,
    readonly args: readonly string[],
  ) {}

  run(): string {
    for (let round = 0; round < MAX_ROUNDS && !this.#stop; round++) {
      const before = this.#at;
      this.#once();
      if (this.#at >= this.args.length || this.#at === before) break;
    }
    return joinBytes(this.#out);
  }

  #next(): string | undefined {
    const value = this.args[this.#at];
    if (value !== undefined) this.#at++;
    return value;
  }

  #once(): void {
    const { format } = this;
    for (let at = 0; at < format.length && !this.#stop; ) {
      const c = format[at] ?? '';
      if (c === '\\') at = this.#escape(at);
      else if (c === '%') at = this.#directive(at);
      else {
        this.#out += c;
        at++;
      }
    }
  }

  #escape(at: number): number {
    const rest = this.format.slice(at + 1);
    const octal = /^[0-7]{1,3}/.exec(rest);
    if (octal) {
      this.#out += byteChar(Number.parseInt(octal[0], 8) & 255);
      return at + 1 + octal[0].length;
    }
    const one =
      /^(?:x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|.)/s.exec(rest)?.[0] ?? '';
    if (one === '"' || one === "'" || one === '?') this.#out += one;
    else if (one === 'c') this.#stop = true;
    else this.#out += echoEscapes(`\\${one}`).text;
    return at + 1 + one.length;
  }

  #directive(start: number): number {
    const rest = this.format.slice(start + 1);
    const found = /^([-+ #0']*)(\*|-?\d+)?(?:\.(\*|-?\d+)?)?(?:[hlLjzt]*)(\([^)]*\)T|.)?/s.exec(
      rest,
    );
    const letter = found?.[4];
    if (!found || letter === undefined) {
      this.problems.push(`\`${this.format.slice(start)}': missing format character`);
      this.#stop = true;
      return this.format.length;
    }
    const end = start + 1 + found[0].length;
    if (letter === '%') {
      this.#out += '%';
      return end;
    }
    const hasPrecision = /\./.test(found[0].slice(0, found[0].length - letter.length));
    let flags = found[1] ?? '';
    let width = this.#count(found[2]) ?? 0;
    if (width < 0) {
      flags += '-';
      width = -width;
    }
    const precision = hasPrecision ? (this.#count(found[3]) ?? 0) : undefined;
    const directive = {
      flags,
      width,
      precision: precision !== undefined && precision < 0 ? undefined : precision,
      letter,
    };
    this.#convert(directive);
    return end;
  }

  #count(text: string | undefined): number | undefined {
    if (text === undefined) return undefined;
    return text === '*' ? Number(this.#integer(this.#next() ?? '')) : Number(text);
  }

  #convert(d: Directive): void {
    switch (d.letter) {
      case 's':
        return this.#pad(d, cut(this.#next() ?? '', d.precision));
      case 'c':
        return this.#pad(d, [...(this.#next() ?? '')][0] ?? '');
      case 'b': {
        const made = echoEscapes(this.#next() ?? '', true);
        this.#pad(d, cut(made.text, d.precision));
        this.#stop = made.stop;
        return;
      }
      case 'q':
        return this.#pad(d, backslashQuote(cut(this.#next() ?? '', undefined)));
      case 'Q':
        return this.#pad(d, backslashQuote(cut(this.#next() ?? '', d.precision)));
      case 'n':
        return;
      case 'd': case 'i': case 'u': case 'o': case 'x': case 'X':
        return this.#number(d);
      case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': case 'a': case 'A':
        return this.#pad(d, this.#float(d), true);
      default:
        if (d.letter.endsWith('T')) return this.#time(d);
        this.problems.push(`\`${d.letter}': invalid format character`);
        this.#stop = true;
    }
  } // biome-ignore format: cases in rows

  #pad(d: Directive, text: string, numeric = false): void {
    const size = [...text].length;
    if (size >= d.width) this.#out += text;
    else if (d.flags.includes('-')) this.#out += text + ' '.repeat(d.width - size);
    else if (numeric && d.flags.includes('0') && !/inf|nan/i.test(text)) {
      const sign = /^[-+ ]?(?:0[xX])?/.exec(text)?.[0] ?? '';
      this.#out += sign + '0'.repeat(d.width - size) + text.slice(sign.length);
    } else this.#out += ' '.repeat(d.width - size) + text;
  }

  #number(d: Directive): void {
    const value = this.#integer(this.#next() ?? '');
    const unsigned = BigInt.asUintN(64, value);
    let digits = '';
    let sign = '';
    if (d.letter === 'd' || d.letter === 'i') {
      digits = String(value < 0n ? -value : value);
      sign = value < 0n ? '-' : d.flags.includes('+') ? '+' : d.flags.includes(' ') ? ' ' : '';
    } else if (d.letter === 'u') digits = String(unsigned);
    else if (d.letter === 'o') {
      digits = unsigned.toString(8);
      if (d.flags.includes('#') && !digits.startsWith('0')) digits = `0${digits}`;
    } else {
      digits = unsigned.toString(16);
      if (d.letter === 'X') digits = digits.toUpperCase();
      if (d.flags.includes('#') && unsigned !== 0n) sign = d.letter === 'X' ? '0X' : '0x';
    }
    if (d.precision !== undefined)
      digits = d.precision === 0 && value === 0n ? '' : digits.padStart(d.precision, '0');
    this.#pad(
      d.precision === undefined ? d : { ...d, flags: d.flags.replace(/0/g, '') },
      sign + digits,
      true,
    );
  }

  /** getintmax(): decimal, 0octal, 0xhex, or `'c`. */
  #integer(text: string): bigint {
    if (text === '') return 0n;
    if (/^["']/.test(text)) return BigInt([...text][1]?.codePointAt(0) ?? 0);
    const found = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)/.exec(text);
    if (!found) {
      this.problems.push(`${text}: invalid number`);
      return 0n;
    }
    if (found[0].length < text.length) {
      const octal = /^\s*[-+]?0\d/.test(text);
      this.problems.push(`${text}: invalid ${octal ? 'octal ' : ''}number`);
    }
    const body = found[2] ?? '0';
    const magnitude = BigInt(/^0[0-7]/.test(body) ? `0o${body.slice(1)}` : body);
    const value = found[1] === '-' ? -magnitude : magnitude;
    const limit = 1n << 63n;
    if (value < -limit || value >= limit * (/[di]/.test(text) ? 1n : 2n)) {
      this.problems.push(`warning: ${text}: Numerical result out of range`);
      return value < 0n ? -limit : limit - 1n;
    }
    return value;
  }

  #float(d: Directive): string {
    const text = this.#next() ?? '';
    if (/^["']/.test(text))
      return formatFloat(parseLongDouble(String([...text][1]?.codePointAt(0) ?? 0)), d);
    const found = FLOAT.exec(text);
    if (text !== '' && (!found || found[0].length < text.length)) {
      this.problems.push(`${text}: invalid number`);
    }
    return formatFloat(parseLongDouble(found?.[0].trim() ?? '0'), d);
  }

  #time(d: Directive): void {
    const format = d.letter.slice(1, -2);
    const argument = this.#next();
    const host = this.sh.proc.host;
    let seconds = Math.floor(host.clockUs / 1_000_000);
    if (argument === '-2') seconds = Math.floor(this.sh.startUs / 1_000_000);
    else if (argument !== undefined && argument !== '-1') seconds = Number(this.#integer(argument));
    this.#pad(
      d,
      cut(
        strftime(format === '' ? '%X' : format, seconds, clock(seconds * 1_000_000)),
        d.precision,
      ),
    );
  }
}

/** What strtold() takes of a text. */
const FLOAT =
  /^\s*[-+]?(?:0[xX][0-9a-fA-F]+|\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|inf(?:inity)?|nan)/i;

const cut = (text: string, precision: number | undefined): string =>
  precision === undefined ? text : [...text].slice(0, precision).join('');
