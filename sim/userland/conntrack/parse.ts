import type { Ip } from '../../wire/frame';
import { familyOf } from '../../wire/ip';
import { netmask, parseAddress, splitAddressAndPort } from './address';
import { type CtCommand, type Failure, newCommand, problem } from './command';
import { atoi, cStrtoul } from './number';
import { OptionReader } from './option-reader';
import { COMMANDS, LEGAL, LETTER_OPTION, LONG_OPTIONS, OPTION_NAMES } from './options';
import { parseEvents, parseOutput, parseStatus } from './parameter';
import { findProtocol, needed } from './protocol';

/** Commands that look at both families unless told (do_parse()). */
const ANY_FAMILY: ReadonlySet<string> = new Set([
  'list',
  'update',
  'delete',
  'get',
  'flush',
  'event',
]);

/** do_parse(), src/conntrack.c: the command line, or the first thing wrong with it. */
export function parseCommand(args: readonly string[]): CtCommand | Failure {
  const parser = new Parser(args);
  return parser.run() ?? parser.finish() ?? parser.cmd;
}

export const isFailure = (parsed: CtCommand | Failure): parsed is Failure => 'code' in parsed;

class Parser {
  readonly cmd = newCommand();
  readonly #reader: OptionReader;
  readonly #protoFlags = new Set<string>();

  constructor(args: readonly string[]) {
    this.#reader = new OptionReader(args, LONG_OPTIONS);
  }

  run(): Failure | undefined {
    for (let taken = this.#reader.next(); taken; taken = this.#reader.next()) {
      if (taken.kind === 'missing') return problem(`option \`${taken.word}' requires an argument`);
      if (taken.kind === 'unknown') return problem(`unknown option \`${taken.word}'`);
      const failed = this.#take(taken.letter, taken.value);
      if (failed) return failed;
    }
    return undefined;
  }

  #take(letter: string, value: string | undefined): Failure | undefined {
    if (COMMANDS.has(letter)) return this.#command(letter, value);
    if (/[1-9]/.test(letter)) {
      this.#protoFlags.add(letter);
      return this.cmd.handler?.parse(this.cmd, letter, value ?? '');
    }
    const option = LETTER_OPTION.get(letter);
    if (/[ngj]/.test(letter)) return this.#nat(letter, value);
    if (option && /[sdrq{}[\]]/.test(letter)) return this.#address(letter, value ?? '');
    if (option && /[wic()m]/.test(letter)) {
      this.cmd.options.add(option);
      this.#number(letter, value ?? '');
      return undefined;
    }
    if (option) {
      this.cmd.absent ??= `--${option}`;
      this.cmd.options.add(option);
      if (letter === '>') this.#reader.optionalArg();
      return undefined;
    }
    return this.#plain(letter, value ?? '');
  }

  /** check_type(), add_command(). */
  #command(letter: string, value: string | undefined): Failure | undefined {
    const { cmd } = this;
    const word = value === undefined ? this.#reader.optionalArg() : undefined;
    const tables = ['expect', 'conntrack', 'dying', 'unconfirmed'] as const;
    const table = word === undefined ? 'conntrack' : tables.find((name) => name.startsWith(word));
    if (!table) return problem(`unknown type \`${word}'`);
    const special = table === 'dying' || table === 'unconfirmed';
    if (special && letter !== 'L') {
      return problem("Can't do that command with tables `dying' and `unconfirmed'");
    }
    const [plain, expect] = COMMANDS.get(letter) ?? [];
    const name = table === 'expect' ? expect : plain;
    if (!name) {
      const long = LONG_OPTIONS.find((option) => option.letter === letter)?.name;
      return problem(`Can't do --${long} on expectations`);
    }
    if (cmd.name) return problem('Invalid commands combination');
    cmd.name = name;
    cmd.table = table;
    return undefined;
  }

  #plain(letter: string, value: string): Failure | undefined {
    const { cmd } = this;
    switch (letter) {
      case 'p':
        return this.#protocol(value);
      case 't':
        cmd.options.add('timeout');
        cmd.timeout = atoi(value) >>> 0;
        return undefined;
      case 'u':
        cmd.options.add('status');
        return parseStatus(cmd, value);
      case 'e':
        cmd.options.add('event-mask');
        return parseEvents(cmd, value);
      case 'o':
        cmd.options.add('output');
        return parseOutput(cmd, value);
      case 'z':
        cmd.options.add('zero');
        return undefined;
      case 'a':
        cmd.warnings += 'WARNING: ignoring -a, deprecated option.\n';
        return undefined;
      case 'f':
        cmd.options.add('family');
        if (value.startsWith('ipv4')) return this.#family(4);
        if (value.startsWith('ipv6')) return this.#family(6);
        return problem(`\`${value}' unsupported protocol`);
      default:
        cmd.options.add('buffer-size');
        cmd.bufferSize = atoi(value);
        return undefined;
    }
  }

  #protocol(value: string): Failure | undefined {
    const { cmd } = this;
    cmd.options.add('protonum');
    const handler = findProtocol(value);
    if (!handler) return problem(`\`${value}' unsupported protocol`);
    cmd.handler = handler;
    cmd.proto = handler.proto;
    this.#reader.merge(handler.options);
    return undefined;
  }

  #number(letter: string, value: string): void {
    const { cmd } = this;
    const number = cStrtoul(value);
    if (letter === 'm') {
      const slash = number.rest.startsWith('/');
      const mask = slash ? cStrtoul(number.rest.slice(1)).value : 0xffff_ffff;
      cmd.mark = { value: number.value, mask };
    } else if (letter === 'w') cmd.zone = number.value & 0xffff;
    else if (letter === '(') cmd.origZone = number.value & 0xffff;
    else if (letter === ')') cmd.replZone = number.value & 0xffff;
    else if (letter === 'i') cmd.id = number.value;
    else cmd.absent ??= '--secmark';
  }

  #family(family: 4 | 6): Failure | undefined {
    if (this.cmd.family !== undefined && this.cmd.family !== family) {
      return problem('mismatched address family');
    }
    this.cmd.family = family;
    return undefined;
  }

  /** nfct_parse_addr_from_opt(). */
  #address(letter: string, text: string): Failure | undefined {
    const { cmd } = this;
    const parsed = this.#ip(letter, text);
    if ('code' in parsed) return parsed;
    const { ip, prefixLen } = parsed;
    const option = LETTER_OPTION.get(letter);
    if (option) cmd.options.add(option);
    if (letter === 's') cmd.orig.src = ip;
    else if (letter === 'd') cmd.orig.dst = ip;
    else if (letter === 'r') cmd.repl.src = ip;
    else if (letter === 'q') cmd.repl.dst = ip;
    else if (letter === '{') cmd.masks.src = ip;
    else if (letter === '}') cmd.masks.dst = ip;
    else cmd.absent ??= `--${option}`;
    const family = familyOf(ip);
    if (prefixLen === undefined || prefixLen === (family === 4 ? 32 : 128)) return undefined;
    if (letter !== 's' && letter !== 'd') return undefined;
    const side = letter === 's' ? 'src' : 'dst';
    cmd.masks[side] = netmask(family, prefixLen);
    cmd.options.add(`mask-${side}`);
    return undefined;
  }

  #ip(
    letter: string,
    text: string,
  ): { readonly ip: Ip; readonly prefixLen: number | undefined } | Failure {
    const parsed = parseAddress(text);
    if (parsed === undefined) return problem(`Invalid IP address \`${text}'`);
    const host = parseAddress(text.split('/')[0] ?? '');
    const ip = parsed === 'invalid' ? host : parsed;
    if (ip === undefined || ip === 'invalid') return problem(`Invalid IP address \`${text}'`);
    const mismatch = this.#family(familyOf(ip.ip));
    if (mismatch) return mismatch;
    const masks = /[sd[\]]/.test(letter);
    const prefixed = parsed === 'invalid' || parsed.prefixLen !== undefined;
    if (prefixed && !masks) {
      const name = letter === 'r' ? 'reply-src' : letter === 'q' ? 'reply-dst' : undefined;
      return problem(`CIDR notation unavailable for \`--${name ?? LETTER_OPTION.get(letter)}'`);
    }
    return parsed === 'invalid' ? problem('Invalid netmask') : parsed;
  }

  #nat(letter: string, value: string | undefined): Failure | undefined {
    const { cmd } = this;
    const option = LETTER_OPTION.get(letter);
    if (option) cmd.options.add(option);
    const word = value === undefined ? this.#reader.optionalArg() : undefined;
    if (word === undefined) return undefined;
    const split = splitAddressAndPort(word);
    if ('code' in split) return split;
    const parsed = this.#ip(letter, split.address);
    if ('code' in parsed) return parsed;
    for (const side of letter === 'j'
      ? [cmd.snat, cmd.dnat]
      : [letter === 'n' ? cmd.snat : cmd.dnat]) {
      side.ip = parsed.ip;
      if (split.port !== undefined) side.port = split.port;
    }
    return undefined;
  }

  /** The checks after the loop: generic_opt_check(), final_check(). */
  finish(): Failure | undefined {
    const { cmd } = this;
    const { name, options } = cmd;
    if (cmd.family === undefined && !(name && ANY_FAMILY.has(name))) cmd.family = 4;
    if (options.has('any-nat') && (options.has('src-nat') || options.has('dst-nat'))) {
      return problem("cannot specify `--src-nat' or `--dst-nat' with `--any-nat'");
    }
    if (!name) return undefined;
    const legal = LEGAL[name];
    for (const [i, option] of OPTION_NAMES.entries()) {
      const given = options.has(option);
      if (!given && legal[i] === '1') return needed(option);
      if (given && legal[i] === '0') {
        return problem(`Illegal option \`--${option}' with this command`);
      }
    }
    if (legal.includes('3')) {
      const failed = this.#pairs();
      if (failed) return failed;
    }
    return name === 'help' ? undefined : cmd.handler?.check(this.#protoFlags, name);
  }

  #pairs(): Failure | undefined {
    const has = (name: string): boolean => this.cmd.options.has(name);
    if (has('src') && has('dst')) return undefined;
    if (has('reply-src') && has('reply-dst')) return undefined;
    const reply = !has('src') && !has('dst') && (has('reply-src') || has('reply-dst'));
    return problem(
      reply
        ? "you have to specify `--reply-src' and `--reply-dst'"
        : "you have to specify `--src' and `--dst'",
    );
  }
}
