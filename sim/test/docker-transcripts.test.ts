import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { drive } from '../cli/drive';
import { recordScenario } from '../cli/recorder';
import { isExact, normalise } from './normalise';
import { normaliseDocker } from './normalise-docker';

const HERE = join(dirname(fileURLToPath(import.meta.url)), 'recordings', 'docker');
const recordingSchema = z.object({
  name: z.string(),
  counters: z.string(),
  commands: z.array(
    z.object({ cmd: z.string(), stdout: z.string(), stderr: z.string(), code: z.int() }),
  ),
});

const read = (name: string): string => readFileSync(join(HERE, name), 'utf8');
const recordings = readdirSync(HERE)
  .filter((name) => /^docker-.*\.json$/.test(name))
  .map((name) => recordingSchema.parse(JSON.parse(read(name))));
/** How many commands of a recording may differ: pids, the recorder's own limits, and what is not simulated. */
const differing = z.record(z.string(), z.int()).parse(JSON.parse(read('differing.json')));

describe('recordings of a real Docker Engine', () => {
  test.each(recordings)('$name', { timeout: 60_000 }, async (recording) => {
    const ran = await drive(recordScenario(read(`${recording.name}.sh`)));
    const want = normalise(normaliseDocker(recording));
    const got = normalise(normaliseDocker({ counters: recording.counters, commands: ran }));
    const wrong = want.filter((command, i) => !isExact(command, got[i])).map((one) => one.cmd);
    const allowed = differing[recording.name] ?? 0;
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(allowed);
  });
});
