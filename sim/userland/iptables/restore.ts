import type { Blocking } from '../../linux/wait-queue';
import { assertValidChainName } from './chain-name';
import { doCommand } from './do-command';
import { PARAMETER_PROBLEM, parameterProblem, type XtError } from './extension';
import { type CommitResult, NftHandle } from './nft-handle';
import { nftStrerror } from './nft-strerror';
import { parseChainCounters, splitCounters, splitParameters } from './restore-words';
import { type Exit, exitError, type Session } from './session';
import { type BuiltinTable, builtinChain, builtinTable } from './tables';

/** What the command line of -restore asked for. */
export interface RestoreOptions {
  readonly counters: boolean;
  readonly verbose: number;
  readonly test: boolean;
  readonly noflush: boolean;
  readonly table: string | undefined;
}

/** The last line came to nothing: `line N failed`, with or without a reason. */
type Step = Exit | 'failed' | undefined;

/** xtables_restore_parse(), iptables/xtables-restore.c: line by line, a batch for each table. */
export class Restore {
  readonly #handle: NftHandle;
  #table: BuiltinTable | undefined;
  #inTable = false;

  constructor(
    private readonly session: Session,
    private readonly options: RestoreOptions,
  ) {
    this.#handle = new NftHandle(session);
    session.line = 0;
  }

  /** One line without its newline; an exit ends the run. */
  *line(text: string): Blocking<Exit | undefined> {
    this.session.line++;
    const step = yield* this.#parse(text);
    if (step !== 'failed') return step;
    const { table } = this.options;
    if (table !== undefined && this.#table && this.#table.name !== table) return undefined;
    this.session.err += `${this.session.program}: line ${this.session.line} failed\n`;
    return { code: 1 };
  }

  /** The end of the input. */
  end(): Exit {
    if (!this.#inTable) return { code: 0 };
    const { program } = this.session;
    this.session.err += `${program}: COMMIT expected at line ${this.session.line + 1}\n`;
    return { code: 1 };
  }

  *#parse(text: string): Blocking<Step> {
    if (text === '') return undefined;
    if (text.startsWith('#')) {
      if (this.options.verbose > 0) this.session.out += `${text}\n`;
      return undefined;
    }
    if (this.#inTable && text === 'COMMIT') return yield* this.#commit();
    if (text.startsWith('*') && !this.#inTable) return this.#newTable(text.slice(1));
    if (!this.#inTable || !this.#table) return 'failed';
    if (text.startsWith(':')) return this.#newChain(text.slice(1), this.#table.name);
    return yield* this.#rule(text, this.#table.name);
  }

  #stop(error: XtError): Exit {
    return exitError(this.session, error);
  }

  *#commit(): Blocking<Step> {
    this.#inTable = false;
    if (this.options.test) {
      this.#handle.abort();
      return undefined;
    }
    return this.#report(yield* this.#handle.commit());
  }

  #report(result: CommitResult): Step {
    if (!result) return undefined;
    if ('text' in result) return this.#stop(result);
    const { program } = this.session;
    this.session.err += `${program}: line ${this.#handle.line} failed: ${nftStrerror(result)}.\n`;
    return { code: 1 };
  }

  #newTable(text: string): Step {
    const { line, program } = this.session;
    const [name] = words(text);
    if (name === undefined) {
      return this.#stop(parameterProblem(`${program}: line ${line} table name invalid`));
    }
    this.#table = builtinTable(name);
    if (!this.#table) {
      return this.#stop(parameterProblem(`${program}: line ${line} table name '${name}' invalid`));
    }
    if (this.options.table !== undefined && this.options.table !== name) return undefined;
    if (!this.options.noflush) this.#flush(name, line);
    this.#inTable = true;
    return undefined;
  }

  /** nft_cmd_table_flush(). */
  #flush(table: string, line: number): void {
    const common = { table, line, verbose: this.options.verbose > 0 };
    if (!common.verbose) {
      this.#handle.add({ kind: 'tableFlush', ...common });
      return;
    }
    this.#handle.add({ kind: 'flush', chain: undefined, ...common });
    this.#handle.add({ kind: 'chainDel', chain: undefined, ...common });
  }

  #newChain(text: string, table: string): Step {
    const { family, line, program } = this.session;
    const [chain, policy, counted] = words(text);
    if (chain === undefined) {
      return this.#stop(parameterProblem(`${program}: line ${line} chain name invalid`));
    }
    const error = assertValidChainName(family, chain);
    if (error) return this.#stop(error);
    if (policy === undefined) {
      return this.#stop(parameterProblem(`${program}: line ${line} policy invalid`));
    }
    const common = { table, chain, line, verbose: false };
    const known = this.#table && builtinChain(this.#table, chain);
    if (!known) {
      this.#handle.add({ kind: 'chainRestore', ...common });
      return undefined;
    }
    const counters = this.options.counters ? parseChainCounters(counted) : { packets: 0, bytes: 0 };
    if (!counters) {
      return this.#stop({
        status: PARAMETER_PROBLEM,
        text: `invalid policy counters for chain '${chain}'`,
      });
    }
    this.#handle.add({ kind: 'chainSet', policy, counters, ...common });
    return undefined;
  }

  *#rule(text: string, table: string): Blocking<Step> {
    const { line, program } = this.session;
    const { counters, noflush, verbose } = this.options;
    const counted = splitCounters(text, line);
    if (!counted.ok) return this.#stop(counted.error);
    const given = counted.value.counters;
    const set = counters && given ? ['--set-counters', given.packets, given.bytes] : [];
    const parameters = splitParameters(counted.value.rest);
    if (!parameters.ok) return this.#stop(parameters.error);
    const flags = Array.from({ length: noflush ? 0 : verbose }, () => '-v');
    const argv = [program, '-t', table, ...flags, ...set, ...parameters.value];
    const done = yield* doCommand(this.session, this.#handle, { argv, table });
    return done.ok ? undefined : done.error;
  }
}

/** strtok(3) at blanks. */
const words = (text: string): readonly string[] => text.split(/[ \t\n]+/).filter((w) => w !== '');
