import { err, ok, type Result } from '../../base/result';
import type { Blocking } from '../../linux/wait-queue';
import { BASE_OPTIONS, SHORT_OPTIONS } from './base-options';
import { assertValidChainName, parseTargetName } from './chain-name';
import type { Command, CommandName, OptionLetter } from './command';
import { type Draft, emptyDraft, NOTHING } from './command-draft';
import { finishCommand } from './command-finish';
import { notSimulated, parameterProblem, type RuleContext, type XtError } from './extension';
import { ABSENT_MATCHES, ABSENT_TARGETS, findMatch, findTarget } from './extensions';
import { GetoptLong } from './getopt-long';
import { helpText } from './help';
import { parseInterface } from './interface';
import { commandLetter, commandRank } from './option-legal';
import { parseCounters, parseWait, parseWaitInterval } from './plain-options';
import { isExtensionHeader, parseProtocol } from './protocol';
import { RuleExtensions } from './rule-extensions';
import { type Exit, exitError, exitTryHelp, type Session, VERSION } from './session';
import { strtoul } from './strtoul';

type Step = XtError | Exit | undefined;

const EMPTY_INTERFACE = 'Empty interface is likely to be undesired';

/** do_parse(), iptables/xshared.c: a command line, option by option. */
export class CommandLine {
  readonly draft: Draft;
  readonly scan: GetoptLong;
  readonly #warn: (text: string) => void;
  #invert = false;

  constructor(
    readonly session: Session,
    argv: readonly string[],
    /** -restore gives its table. */
    private readonly restoreTable: string | undefined,
  ) {
    this.scan = new GetoptLong(argv, SHORT_OPTIONS);
    this.#warn = (text) => {
      session.err += text;
    };
    this.draft = { ...emptyDraft(), extensions: new RuleExtensions(BASE_OPTIONS, this.#warn) };
  }

  *parse(): Blocking<Result<Command, Exit>> {
    for (;;) {
      const scanned = this.scan.next(this.draft.extensions.long);
      if (scanned.kind === 'end') break;
      if (scanned.kind === 'operand' && scanned.arg === '!') {
        if (this.#invert) return this.#stop(parameterProblem('multiple consecutive ! not allowed'));
        this.#invert = true;
        continue;
      }
      if (scanned.kind === 'operand') {
        this.session.err += `Bad argument \`${scanned.arg}'\n`;
        return err(exitTryHelp(this.session, 2));
      }
      if (scanned.kind !== 'option') {
        if (this.#loadProto()) continue;
        const what = scanned.kind === 'missing' ? 'requires an argument' : undefined;
        const word = this.scan.word;
        return this.#stop(
          parameterProblem(what ? `option "${word}" ${what}` : `unknown option "${word}"`),
        );
      }
      const skipped = this.#otherFamily(scanned.value);
      if (skipped) return skipped;
      const step = yield* this.#option(scanned.value, scanned.arg);
      if (step) return this.#stop(step);
      this.#invert = false;
    }
    return yield* this.#finish();
  }

  #stop(step: XtError | Exit): Result<Command, Exit> {
    return err('text' in step ? exitError(this.session, step) : step);
  }

  *#finish(): Blocking<Result<Command, Exit>> {
    const rest = this.scan.optind < this.scan.argv.length;
    const done = yield* finishCommand(this.session, this.draft, { rest, invert: this.#invert });
    return done.ok ? done : this.#stop(done.error);
  }

  #rule(): RuleContext {
    const { draft, session } = this;
    const proto =
      draft.protocol === undefined
        ? undefined
        : { value: draft.proto, invert: draft.inverted.has('p') };
    return { proc: session.proc, family: session.family, program: session.program, proto };
  }

  #loadProto(): boolean {
    const { draft } = this;
    const loaded = draft.extensions.loadProto(draft.protocol, draft.options.has('n'), this.#rule());
    if (loaded) this.scan.optind--;
    return loaded;
  }

  /** -4 and -6: a line of -restore for the other family is passed over. */
  #otherFamily(letter: string): Result<Command, Exit> | undefined {
    if (letter !== '4' && letter !== '6') return undefined;
    if (Number(letter) === this.session.family) return undefined;
    if (this.restoreTable === undefined) return err(exitTryHelp(this.session, 2));
    return ok(NOTHING);
  }

  *#option(letter: string, arg: string | undefined): Blocking<Step> {
    const { draft } = this;
    if (letter.length > 1) {
      const given = { value: letter, arg, invert: this.#invert };
      const parsed = yield* draft.extensions.parse(given, this.#rule(), this.scan);
      if (!parsed.ok) return parsed.error;
      return parsed.value ? undefined : parameterProblem(`Unknown arg "${arg ?? '(null)'}"`);
    }
    // -p, -s, -d, -j, -i and -o take argv[optind - 1], which is the whole of `--source=10.0.0.1`.
    const word = 'psdjio'.includes(letter) ? this.scan.word : (arg ?? '');
    if ('io'.includes(letter) && arg === '') return parameterProblem(EMPTY_INTERFACE);
    return this.#command(letter, arg) ?? this.#ruleOption(letter, word) ?? this.#plain(letter, arg);
  }

  /** The letters that are commands; `done` of the others is undefined as well. */
  #command(letter: string, arg: string | undefined): Step {
    switch (letter) {
      case 'A':
        return this.#add('append', [], arg);
      case 'C':
        return this.#add('check', [], arg);
      case 'D':
        return this.#add('delete', [], arg) ?? this.#number('deleteNum');
      case 'R':
        return (
          this.#add('replace', [], arg) ??
          (this.scan.hasArg
            ? this.#number(undefined)
            : parameterProblem('-R requires a rule number'))
        );
      case 'I':
        this.draft.ruleNumber = 1;
        return this.#add('insert', [], arg) ?? this.#number(undefined);
      case 'L':
        return this.#add('list', ['zero', 'zeroNum'], arg, true) ?? this.#number(undefined);
      case 'S':
        return this.#add('listRules', ['zero', 'zeroNum'], arg, true) ?? this.#number(undefined);
      case 'F':
        return this.#add('flush', [], arg, true);
      case 'Z':
        return this.#add('zero', ['list', 'listRules'], arg, true) ?? this.#number('zeroNum');
      case 'X':
        return this.#add('deleteChain', [], arg, true);
      case 'N': {
        const error = assertValidChainName(this.session.family, arg ?? '');
        return error ?? this.#add('new', [], arg);
      }
      case 'E':
        return this.#add('rename', [], arg) ?? this.#second('newName');
      case 'P':
        return this.#add('policy', [], arg) ?? this.#second('policy');
      default:
        return undefined;
    }
  }

  /** add_command(), and the chain's name, which may be the next word. */
  #add(
    name: CommandName,
    beside: readonly CommandName[],
    arg: string | undefined,
    optional = false,
  ): Step {
    const { draft } = this;
    if (this.#invert) return parameterProblem("unexpected '!' flag");
    const other = draft.names
      .filter((one) => !beside.includes(one))
      .sort((a, b) => commandRank(a) - commandRank(b))
      .pop();
    if (other) {
      return parameterProblem(`Cannot use -${commandLetter(name)} with -${commandLetter(other)}`);
    }
    draft.names.push(name);
    const chain = arg ?? (optional && this.scan.hasArg ? this.scan.take() : undefined);
    if (chain !== undefined) draft.chain = chain;
    return undefined;
  }

  /** parse_rulenumber() of the next word, which for -D and -Z makes another command of it. */
  #number(name: CommandName | undefined): Step {
    if (!this.scan.hasArg) return undefined;
    const word = this.scan.take();
    const number = strtoul(word, 1, 0x7fff_ffff);
    if (number === undefined) return parameterProblem(`Invalid rule number \`${word}'`);
    this.draft.ruleNumber = number;
    if (name) this.draft.names = [name];
    return undefined;
  }

  #second(field: 'newName' | 'policy'): Step {
    if (this.scan.hasArg) {
      this.draft[field] = this.scan.take();
      return undefined;
    }
    return parameterProblem(
      field === 'policy'
        ? '-P requires a chain and a policy'
        : '-E requires old-chain-name and new-chain-name',
    );
  }

  /** set_option(). */
  #set(letter: OptionLetter): XtError | undefined {
    const { options, inverted } = this.draft;
    if (options.has(letter)) return parameterProblem(`multiple -${letter} flags not allowed`);
    options.add(letter);
    if (!this.#invert) return undefined;
    if (!'sdpiof'.includes(letter)) return parameterProblem(`cannot have ! before -${letter}`);
    inverted.add(letter);
    return undefined;
  }

  #ruleOption(letter: string, arg: string): Step {
    const { draft } = this;
    switch (letter) {
      case 'p':
        return this.#set('p') ?? this.#protocol(arg);
      case 's':
        draft.source = arg;
        return this.#set('s');
      case 'd':
        draft.destination = arg;
        return this.#set('d');
      case 'i':
      case 'o':
        return this.#interface(letter, arg);
      case 'g': {
        draft.goto = true;
        draft.jumpTo = arg;
        return this.#set('j') ?? parseTargetName(arg);
      }
      case 'j':
        return this.#set('j') ?? this.#jump(arg);
      case 'm':
        return this.#match(arg);
      default:
        return undefined;
    }
  }

  #protocol(arg: string): Step {
    const { draft, session } = this;
    draft.protocol = arg.toLowerCase();
    const proto = parseProtocol(draft.protocol);
    if (!proto.ok) return proto.error;
    draft.proto = proto.value;
    if (draft.proto === 0 && draft.inverted.has('p')) {
      return parameterProblem('rule would never match protocol');
    }
    if (session.family === 6 && isExtensionHeader(draft.proto) && !draft.inverted.has('p')) {
      session.err += `Warning: never matched protocol: ${draft.protocol}. use extension match instead.\n`;
    }
    return undefined;
  }

  #interface(letter: 'i' | 'o', arg: string): Step {
    const error = this.#set(letter);
    if (error) return error;
    const invert = this.#invert;
    const parsed = parseInterface(arg, this.#warn);
    if (!parsed.ok) return parsed.error;
    const given = parsed.value === '+' && !invert ? undefined : { name: parsed.value, invert };
    this.draft[letter === 'i' ? 'in' : 'out'] = given;
    return undefined;
  }

  /** command_jump(). */
  #jump(arg: string): Step {
    const { draft, session } = this;
    draft.jumpTo = arg;
    const error = parseTargetName(arg);
    if (error) return error;
    const extension = findTarget(arg, session.family);
    if (extension) draft.extensions.setTarget(extension, this.#rule());
    else if (ABSENT_TARGETS.includes(arg)) return notSimulated(`target '${arg}'`);
    return undefined;
  }

  /** command_match(). */
  #match(arg: string): Step {
    const { draft, session } = this;
    if (this.#invert) return parameterProblem('unexpected ! flag before --match');
    if (arg.length >= 29) return parameterProblem(`Invalid match name "${arg}" (28 chars max)`);
    const extension = findMatch(arg, session.family);
    if (extension) {
      draft.extensions.addMatch(extension, this.#rule());
      return undefined;
    }
    if (ABSENT_MATCHES.includes(arg)) return notSimulated(`match '${arg}'`);
    return parameterProblem(`Couldn't load match \`${arg}':No such file or directory\n`);
  }

  #plain(letter: string, arg: string | undefined): Step {
    const { draft, session } = this;
    switch (letter) {
      case 'f':
        if (session.family === 6) {
          return parameterProblem("`-f' is not supported in IPv6, use -m frag instead");
        }
        return this.#set('f');
      case 'v':
        draft.verbose++;
        return draft.verbose > 1 ? undefined : this.#set('v');
      case 'n':
      case 'x':
      case '0':
        return this.#set(letter);
      case 't':
        return this.#table(arg ?? '');
      case 'h':
        session.out += helpText(session, draft);
        return { code: 0 };
      case 'V': {
        const version = this.#invert ? `Not ${VERSION} ;-)` : `${session.program} v${VERSION}`;
        session.out += `${version}\n`;
        return { code: 0 };
      }
      case 'w':
      case 'W':
        if (this.restoreTable !== undefined) {
          return parameterProblem(`You cannot use \`-${letter}' from iptables-restore`);
        }
        return letter === 'w'
          ? parseWait(draft, this.scan, arg)
          : parseWaitInterval(session, draft, { arg, scan: this.scan });
      case 'c':
        return this.#set('c') ?? parseCounters(draft, this.scan, arg ?? '');
      case 'b':
        return parameterProblem('Unknown arg "(null)"');
      default:
        return undefined;
    }
  }

  #table(arg: string): Step {
    const { draft, session } = this;
    if (this.#invert) return parameterProblem('unexpected ! flag before --table');
    if (this.restoreTable !== undefined && draft.tableSet) {
      return parameterProblem(`The -t option cannot be used in ${session.program}.\n`);
    }
    draft.table = arg;
    draft.tableSet = true;
    return undefined;
  }
}
