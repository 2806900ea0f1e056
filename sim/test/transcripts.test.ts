import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { drive } from '../cli/drive';
import { recordScenario } from '../cli/recorder';
import { isExact, normalise } from './normalise';

const HERE = join(dirname(fileURLToPath(import.meta.url)), 'recordings');
const RATCHET = join(HERE, 'ratchet.json');
const recordingSchema = z.object({
  name: z.string(),
  area: z.string(),
  counters: z.string(),
  commands: z.array(
    z.object({ cmd: z.string(), stdout: z.string(), stderr: z.string(), code: z.int() }),
  ),
});
type Recording = z.infer<typeof recordingSchema>;

const ratchetSchema = z.record(z.string(), z.int());
const ratchet = existsSync(RATCHET)
  ? ratchetSchema.parse(JSON.parse(readFileSync(RATCHET, 'utf8')))
  : {};
const reached: Record<string, number> = {};
const areas = new Map<string, { exact: number; seen: number }>();

const recordings = readdirSync(join(HERE, 'linux'))
  .filter((name) => name.endsWith('.json'))
  .map((name) =>
    recordingSchema.parse(JSON.parse(readFileSync(join(HERE, 'linux', name), 'utf8'))),
  );

/** Commands that printed something or failed; the silent ones have to be silent too, but prove less. */
const isObservation = (one: Recording['commands'][number]): boolean =>
  one.stdout !== '' || one.stderr !== '' || one.code !== 0;

async function score(recording: Recording): Promise<number> {
  const script = readFileSync(join(HERE, 'linux', `${recording.name}.sh`), 'utf8');
  const ran = await drive(recordScenario(script));
  const want = normalise(recording);
  const got = normalise({ counters: recording.counters, commands: ran });
  const exact = want.filter((command, i) => isExact(command, got[i]));
  const area = areas.get(recording.area) ?? { exact: 0, seen: 0 };
  area.exact += exact.filter(isObservation).length;
  area.seen += want.filter(isObservation).length;
  areas.set(recording.area, area);
  return exact.length;
}

describe('recordings of a real kernel', () => {
  test.each(recordings)('$area: $name', { timeout: 60_000 }, async (recording) => {
    const exact = await score(recording);
    reached[recording.name] = exact;
    expect(exact).toBeGreaterThanOrEqual(ratchet[recording.name] ?? 0);
  });
});

afterAll(() => {
  for (const [area, { exact, seen }] of [...areas].sort()) {
    console.log(`${area.padEnd(12)} ${String(exact).padStart(4)} of ${seen} exact`);
  }
  if (process.env.UPDATE !== '1') return;
  const merged = { ...ratchet, ...reached };
  const lines = Object.entries(merged).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(RATCHET, `${JSON.stringify(Object.fromEntries(lines), null, 2)}\n`);
});
