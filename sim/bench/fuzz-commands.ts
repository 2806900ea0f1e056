import { Randomness } from '../base/prng';
import { drive } from '../cli/drive';
import { runProgram } from '../lab/place';
import { readdir } from '../linux/files';
import { grammarOf, randomCommand } from './fuzz-command';
import {
  errorText,
  type FuzzFailure,
  type FuzzReport,
  type FuzzWorld,
  faultsOf,
  fuzzWorld,
  worldSeed,
} from './fuzz-world';

/** Command lines for one world before the next begins. */
const PER_WORLD = 100;
/** Virtual time of one line. */
const TIMEOUT_US = 5_000_000;
/** CPU time of ours that no single line may need. */
const SLOW_MS = 60_000;

/** Random command lines at a bash in a network, within a learner's bounds; stops at `most` failures. */
export async function fuzzCommands(
  count: number,
  seed: string,
  options: { readonly corpus: readonly string[]; readonly most?: number | undefined },
): Promise<FuzzReport> {
  const failures: FuzzFailure[] = [];
  const stopped = new Map<string, number>();
  let cases = 0;
  for (let k = 0; cases < count && failures.length < (options.most ?? 20); k++) {
    const own = worldSeed(seed, k);
    const made = await fuzzWorld(own, true);
    const run = { seed: own, count: Math.min(PER_WORLD, count - cases), corpus: options.corpus };
    cases += await oneWorld(made, run, failures);
    const { stopText } = made.world;
    if (stopText) stopped.set(stopText, (stopped.get(stopText) ?? 0) + 1);
  }
  return { cases, stopped, failures };
}

interface Run {
  readonly seed: string;
  readonly count: number;
  readonly corpus: readonly string[];
}

async function oneWorld(made: FuzzWorld, run: Run, failures: FuzzFailure[]): Promise<number> {
  const random = new Randomness(run.seed).stream('fuzz');
  const { world, host, netnses } = made;
  const grammar = grammarOf(toolsOf(made), run.corpus);
  const daemons = new Set(host.procs.keys());
  let done = 0;
  while (done < run.count && !world.stopText) {
    done++;
    const line = randomCommand(random, grammar);
    const netns = netnses[random.below(netnses.length)];
    if (!netns || netns.dead) continue;
    const at = { seed: run.seed, case: line };
    const from = process.cpuUsage();
    try {
      const argv = ['bash', '-c', line];
      await drive(runProgram(world, { host, netns }, argv, { timeoutUs: TIMEOUT_US }));
    } catch (error) {
      failures.push({ ...at, kind: 'throw', text: errorText(error) });
      return done;
    }
    failures.push(...faultsOf(world, at));
    const ms = process.cpuUsage(from).user / 1000;
    killNewcomers(made, daemons);
    if (ms > SLOW_MS) failures.push({ ...at, kind: 'slow', text: `${Math.round(ms)} ms` });
  }
  return Math.max(done, 1);
}

/** Names of everything installed. */
function toolsOf({ host }: FuzzWorld): readonly string[] {
  const names = new Set<string>();
  for (const path of ['/usr/bin', '/usr/sbin', '/usr/local/bin']) {
    const found = readdir(host.init, path);
    if (typeof found !== 'string') for (const name of found) names.add(name);
  }
  return [...names];
}

/** What a line left behind does not run on into the next ones. */
function killNewcomers({ host }: FuzzWorld, daemons: ReadonlySet<number>): void {
  for (const [pid, proc] of [...host.procs]) if (!daemons.has(pid)) proc.kill('KILL');
}
