import 'server-only';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type FidelityTool, type StatusName, statusNames } from './fidelity-filter';

/** What `npm run -s sim -- fidelity` writes: tool, kind of thing, name, and what became of it. */
const toolSchema = z.object({
  package: z.string(),
  version: z.string(),
  status: z.enum(statusNames),
  kinds: z.record(z.string(), z.record(z.string(), z.enum(statusNames))),
});
const listSchema = z.record(z.string(), toolSchema);

/** What `npm run -s sim -- fidelity --parity` writes: our output against recordings of real machines. */
const paritySchema = z.object({
  recorded: z.string(),
  areas: z.record(z.string(), z.object({ cases: z.int().positive(), exact: z.int().min(0) })),
});
export type Parity = z.infer<typeof paritySchema>;

/** Differences that we know of: the command, or what it touches, and why. */
const differencesSchema = z.record(z.string(), z.string());

/** The value of a file of `docs/`; null when there is none, or none that can be read. */
async function readDocument<T>(name: string, schema: z.ZodType<T>): Promise<T | null> {
  const path = join(process.env['HOPWISE_ROOT'] ?? process.cwd(), 'docs', name);
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export const measuredParity = (): Promise<Parity | null> =>
  readDocument('parity.json', paritySchema);

export const knownDifferences = async (): Promise<readonly (readonly [string, string])[]> =>
  Object.entries((await readDocument('known-differences.json', differencesSchema)) ?? {});

/** Every tool with its documented names, grouped by what became of them. */
export async function fidelityTools(): Promise<readonly FidelityTool[]> {
  const list = (await readDocument('fidelity.json', listSchema)) ?? {};
  return Object.entries(list).map(([name, tool]) => ({
    name,
    package: tool.package,
    version: tool.version,
    status: tool.status,
    kinds: Object.entries(tool.kinds).map(([kind, names]) => ({ kind, names: byStatus(names) })),
  }));
}

function byStatus(
  names: Readonly<Record<string, StatusName>>,
): Readonly<Partial<Record<StatusName, readonly string[]>>> {
  const grouped: Partial<Record<StatusName, string[]>> = {};
  for (const [name, status] of Object.entries(names)) {
    const list = grouped[status] ?? [];
    list.push(name);
    grouped[status] = list;
  }
  return grouped;
}
