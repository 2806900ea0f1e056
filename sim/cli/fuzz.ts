import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fuzzCommands } from '../bench/fuzz-commands';
import { fuzzPackets } from '../bench/fuzz-packets';
import type { FuzzReport } from '../bench/fuzz-world';
import { heapBytes } from '../bench/memory';
import { parseScenario } from './scenario';

const USAGE = 'usage: sim fuzz packets|commands N [SEED]\n';

/** `sim fuzz`: a line of JSON for each failure, then one for the run. Exit 1 when something failed. */
export async function fuzz(args: readonly string[]): Promise<number> {
  const [what, n = '', seed = '1'] = args;
  const count = Number(n);
  if ((what !== 'packets' && what !== 'commands') || !Number.isSafeInteger(count) || count < 1) {
    process.stderr.write(USAGE);
    return 2;
  }
  const before = heapBytes();
  const report =
    what === 'packets'
      ? await fuzzPackets(count, seed)
      : await fuzzCommands(count, seed, { corpus: recordedCommands() });
  tell(report, { what, seed, heapGrowth: heapBytes() - before });
  return report.failures.length === 0 ? 0 : 1;
}

function tell(report: FuzzReport, run: Readonly<Record<string, string | number>>): void {
  const line = (value: unknown): boolean => process.stdout.write(`${JSON.stringify(value)}\n`);
  for (const failure of report.failures) line(failure);
  const { cases, stopped, failures } = report;
  line({ ...run, cases, stopped: Object.fromEntries(stopped), failures: failures.length });
}

/** The commands of the recordings: what random lines begin from. */
export function recordedCommands(): readonly string[] {
  const folder = join(process.env.HOPWISE_ROOT ?? process.cwd(), 'sim/test/recordings/linux');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sh'))
    .sort()
    .flatMap((name) => parseScenario(readFileSync(join(folder, name), 'utf8')).commands);
}
