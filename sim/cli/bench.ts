import { bundleRows } from '../bench/bundle';
import { memoryRows } from '../bench/memory';
import { newFlowRows } from '../bench/new-flow';
import { overlayRows } from '../bench/overlay';
import { replayGradeRows } from '../bench/replay-grade';
import type { Benchmark } from '../bench/row';
import { serviceRows } from '../bench/service-load';
import { allPairsRows, starRows } from '../bench/star';

const BENCHMARKS: ReadonlyMap<string, Benchmark> = new Map([
  ['star', starRows],
  ['all-pairs', allPairsRows],
  ['new-flow', newFlowRows],
  ['services', serviceRows],
  ['overlay', overlayRows],
  ['memory', memoryRows],
  ['replay-grade', replayGradeRows],
  ['bundle', bundleRows],
]);

/** `sim bench [NAME]`: JSON lines of measurements. */
export async function bench(args: readonly string[]): Promise<number> {
  const [only] = args;
  if (only !== undefined && !BENCHMARKS.has(only)) {
    process.stderr.write(`no benchmark ${only}; there are: ${[...BENCHMARKS.keys()].join(', ')}\n`);
    return 2;
  }
  for (const [name, run] of BENCHMARKS) {
    if (only !== undefined && only !== name) continue;
    for (const row of await run()) process.stdout.write(`${JSON.stringify(row)}\n`);
  }
  return 0;
}
