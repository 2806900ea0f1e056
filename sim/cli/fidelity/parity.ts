import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isExact, normalise } from '../../test/normalise';
import { normaliseDocker } from '../../test/normalise-docker';
import { runBashScript } from '../bash-script';
import { drive } from '../drive';
import { type Recorded, recordScenario } from '../recorder';

const commandSchema = z.object({
  cmd: z.string(),
  stdout: z.string(),
  stderr: z.string(),
  code: z.int(),
});
const recordingSchema = z.object({
  name: z.string(),
  area: z.string(),
  counters: z.string(),
  commands: z.array(commandSchema),
});
type Recording = z.infer<typeof recordingSchema>;

const bashSchema = z.array(
  z.object({ script: z.string(), stdout: z.string(), stderr: z.string(), code: z.int() }),
);

/** One area: commands that printed something or failed, and how many of them were the same here. */
export interface AreaParity {
  readonly cases: number;
  readonly exact: number;
  /** Commands that differ, each with the recording that holds it. */
  readonly differing: Readonly<Record<string, string>>;
}

export interface Parity {
  readonly recorded: string;
  readonly areas: Readonly<Record<string, AreaParity>>;
}

interface Tally {
  cases: number;
  exact: number;
  readonly differing: Record<string, string>;
}

/** Commands that printed something or failed; the silent ones have to be silent too, but prove less. */
const isObservation = (one: Recorded): boolean =>
  one.stdout !== '' || one.stderr !== '' || one.code !== 0;

/** Compares every recording with what the engine prints. */
export async function measureParity(root: string): Promise<Parity> {
  const areas = new Map<string, Tally>();
  for (const folder of ['linux', 'docker']) {
    const dir = join(root, 'sim/test/recordings', folder);
    for (const recording of recordingsOf(dir)) await compare(dir, recording, areas);
  }
  areas.set('bash', await bashParity(root));
  return {
    recorded: 'Linux 6.18 with the tools of Debian 12',
    areas: Object.fromEntries([...areas].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function recordingsOf(dir: string): readonly Recording[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((file) => file.endsWith('.json') && existsSync(join(dir, file.replace('json', 'sh'))))
    .sort()
    .map((file) => recordingSchema.parse(JSON.parse(readFileSync(join(dir, file), 'utf8'))));
}

async function compare(
  dir: string,
  recording: Recording,
  areas: Map<string, Tally>,
): Promise<void> {
  const script = readFileSync(join(dir, `${recording.name}.sh`), 'utf8');
  const ran = await drive(recordScenario(script));
  const isDocker = dir.endsWith('docker');
  const read = (commands: readonly Recorded[]) => {
    const transcript = { counters: recording.counters, commands };
    return normalise(isDocker ? normaliseDocker(transcript) : transcript);
  };
  const got = read(ran);
  const tally = areas.get(recording.area) ?? { cases: 0, exact: 0, differing: {} };
  areas.set(recording.area, tally);
  for (const [i, want] of read(recording.commands).entries()) {
    if (!isObservation(want)) continue;
    tally.cases++;
    if (isExact(want, got[i])) tally.exact++;
    else tally.differing[recording.commands[i]?.cmd ?? ''] = recording.name;
  }
}

const bare = (stderr: string): string => stderr.replace(/^script\.sh: line \d+: /gm, '');

async function bashParity(root: string): Promise<Tally> {
  const file = join(root, 'sim/test/recordings/bash/cases.json');
  const cases = bashSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const tally: Tally = { cases: 0, exact: 0, differing: {} };
  for (const want of cases) {
    const ran = await drive(runBashScript(want.script));
    tally.cases++;
    const same =
      ran.stdout === want.stdout &&
      ran.code === want.code &&
      bare(ran.stderr) === bare(want.stderr);
    if (same) tally.exact++;
    else tally.differing[want.script] = 'cases';
  }
  return tally;
}
