import { OK, ok, type Result } from '../../base/result';
import { findInPath } from '../../linux/exec';
import type { Proc } from '../../linux/process';
import { run } from '../exec';
import type { Step } from '../invoke';
import { type CniError, fail, goErrno, goQuote } from '../types/error';

/** A command of iptables that failed: iptables.Error of go-iptables. */
interface Failed extends CniError {
  readonly exitStatus: number;
  readonly notExist: boolean;
}

type Answer = Result<string, CniError & Partial<Failed>>;
type Chain = readonly [table: string, chain: string];

/** go-iptables v0.6: every call runs the command with --wait. */
export class Iptables {
  readonly #proc: Proc;
  readonly #path: string;
  readonly #command: string;

  private constructor(proc: Proc, path: string, command: string) {
    this.#proc = proc;
    this.#path = path;
    this.#command = command;
  }

  /** NewWithProtocol(). */
  static open(proc: Proc, family: 4 | 6): Result<Iptables, CniError> {
    const command = family === 4 ? 'iptables' : 'ip6tables';
    const found = findInPath(proc, command, proc.env.get('PATH') ?? '');
    if (typeof found !== 'string') return ok(new Iptables(proc, found.path, command));
    return fail(`exec: ${goQuote(command)}: executable file not found in $PATH`);
  }

  *#run(args: readonly string[]): Step<string> {
    const argv = [this.#path, ...args, '--wait'];
    const ran = yield* run(this.#proc, { path: this.#path, argv });
    if (typeof ran === 'string') return fail(`fork/exec ${this.#path}: ${goErrno(ran)}`);
    const { status, stdout, stderr } = ran;
    if (status.kind === 'exited' && status.code === 0) return ok(stdout);
    return this.#failed(argv, status.kind === 'exited' ? status.code : -1, stderr);
  }

  #failed(argv: readonly string[], exitStatus: number, stderr: string): Answer {
    const notExist =
      exitStatus === 1 &&
      [
        `${this.#command}: Bad rule (does a matching rule exist in that chain?).\n`,
        `${this.#command}: No chain/target/match by that name.\n`,
      ].some((text) => stderr.includes(text));
    const failed = fail(`running [${argv.join(' ')}]: exit status ${exitStatus}: ${stderr}`);
    return { ok: false, error: { ...failed.error, exitStatus, notExist } };
  }

  /** Exists(): -C; status 1 is no. */
  *exists([table, chain]: Chain, rule: readonly string[]): Step<boolean> {
    const found: Answer = yield* this.#run(['-t', table, '-C', chain, ...rule]);
    if (found.ok) return ok(true);
    return found.error.exitStatus === 1 ? ok(false) : found;
  }

  append([table, chain]: Chain, rule: readonly string[]): Step<string> {
    return this.#run(['-t', table, '-A', chain, ...rule]);
  }

  insertFirst([table, chain]: Chain, rule: readonly string[]): Step<string> {
    return this.#run(['-t', table, '-I', chain, '1', ...rule]);
  }

  /** AppendUnique(). */
  *appendUnique(chain: Chain, rule: readonly string[]): Step {
    return yield* this.insertUnique(chain, rule, false);
  }

  /** utils.InsertUnique() of plugins/pkg. */
  *insertUnique(chain: Chain, rule: readonly string[], prepend: boolean): Step {
    const known = yield* this.exists(chain, rule);
    if (!known.ok) return known;
    if (known.value) return OK;
    return toNothing(yield* prepend ? this.insertFirst(chain, rule) : this.append(chain, rule));
  }

  /** Delete() where a rule that is not there is no error, nor a chain that is not. */
  *deleteRule([table, chain]: Chain, rule: readonly string[]): Step {
    const done: Answer = yield* this.#run(['-t', table, '-D', chain, ...rule]);
    return done.ok || done.error.notExist ? OK : done;
  }

  /** utils.DeleteRule(): a rule that names what is gone (status 2) is none either. */
  *deleteReferring(chain: Chain, rule: readonly string[]): Step {
    const [table, name] = chain;
    const done: Answer = yield* this.#run(['-t', table, '-D', name, ...rule]);
    if (done.ok || done.error.notExist || done.error.exitStatus === 2) return OK;
    return fail(`Failed to delete referring rule ${table} ${name}: ${done.error.msg}`);
  }

  /** List(): the lines of -S. */
  *list([table, chain]: Chain): Step<readonly string[]> {
    const listed = yield* this.#run(['-t', table, '-S', chain]);
    return listed.ok ? ok(listed.value.split('\n').filter((line) => line !== '')) : listed;
  }

  /** ListChains(). */
  *chains(table: string): Step<readonly string[]> {
    const listed = yield* this.#run(['-t', table, '-S']);
    if (!listed.ok) return listed;
    const names = listed.value.split('\n').flatMap((line) => {
      const [verb, name] = line.split(' ');
      return name !== undefined && (verb === '-P' || verb === '-N') ? [name] : [];
    });
    return ok(names);
  }

  newChain([table, chain]: Chain): Step<string> {
    return this.#run(['-t', table, '-N', chain]);
  }

  /** utils.EnsureChain(). */
  *ensureChain(chain: Chain): Step {
    const listed = yield* this.chains(chain[0]);
    if (!listed.ok) return fail(`failed to list iptables chains: ${listed.error.msg}`);
    if (listed.value.includes(chain[1])) return OK;
    const made: Answer = yield* this.newChain(chain);
    return made.ok || made.error.exitStatus === 1 ? OK : made;
  }

  /** ClearChain(): made if it was not there, else emptied. */
  *clearChain(chain: Chain): Step {
    const made: Answer = yield* this.newChain(chain);
    if (made.ok) return OK;
    if (made.error.exitStatus !== 1) return made;
    return toNothing(yield* this.#run(['-t', chain[0], '-F', chain[1]]));
  }

  /** utils.DeleteChain(). */
  *deleteChain([table, chain]: Chain): Step {
    const done: Answer = yield* this.#run(['-t', table, '-X', chain]);
    return done.ok || done.error.notExist ? OK : done;
  }
}

const toNothing = (done: Result<string, CniError>): Result<undefined, CniError> =>
  done.ok ? OK : done;
