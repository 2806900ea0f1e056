import 'server-only';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { machinePrograms } from '@/sim/lab/programs';
import { absentCommands } from '@/sim/userland/absent/programs';

/** Comparison of our output with recordings of real machines, written by whoever runs it. */
const measuredSchema = z.object({
  /** What was recorded, and where. */
  recorded: z.string(),
  areas: z.array(z.object({ area: z.string(), cases: z.int().positive(), exact: z.int().min(0) })),
});
export type Measured = z.infer<typeof measuredSchema>;

const FILE = ['docs', 'fidelity.json'] as const;

/** The figures of `docs/fidelity.json`; null when there are none, or none that can be read. */
export async function measuredFidelity(): Promise<Measured | null> {
  const path = join(process.env['HOPWISE_ROOT'] ?? process.cwd(), ...FILE);
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    const parsed = measuredSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Every command of a simulated machine, from the table that the engine itself installs. */
export function simulatedCommands(): readonly { readonly name: string; readonly path: string }[] {
  const byName = new Map(
    machinePrograms.map(([path]) => [path.slice(path.lastIndexOf('/') + 1), path] as const),
  );
  for (const name of absentCommands) byName.delete(name);
  return [...byName]
    .map(([name, path]) => ({ name, path }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Commands that are there only to say that they are not simulated. */
export const sayingCommands = (): readonly string[] => [...absentCommands].sort();
