import type { Program } from '../linux/inode';
import { askHost, printError } from '../linux/process-io';

/** What a package installs: path and program. */
export type ProgramTable = readonly (readonly [path: string, program: Program])[];

/** The answer of the `package` service: the code of one package. */
export class LoadedPackage {
  readonly #programs: ReadonlyMap<string, Program>;

  constructor(readonly table: ProgramTable) {
    this.#programs = new Map(table);
  }

  program(path: string): Program | undefined {
    return this.#programs.get(path);
  }
}

/**
 * A package whose code is fetched when one of its programs first runs, so that a browser's first prompt
 * does not wait for it. The fetch is a `host` wait, always: loaded or not, the world is the same.
 */
export const onDemand = (name: string, paths: readonly string[]): ProgramTable =>
  paths.map((path) => [path, whenLoaded(name, path)] as const);

const whenLoaded = (name: string, path: string): Program =>
  function* (proc, argv) {
    const answer = yield* askHost('package', name);
    const program = answer instanceof LoadedPackage ? answer.program(path) : undefined;
    if (program) return yield* program(proc, argv);
    yield* printError(proc, `hopwise: ${path}: the code of ${name} could not be loaded\n`);
    return 126;
  };
