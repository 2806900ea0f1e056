import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Names that the real thing documents, each with the text that stands for it in its group's probe. */
const namesSchema = z.record(z.string(), z.string());
/** Kind of thing (`option`, `link kind`, ...), then the command to try it with (`{}` is the text), then names. */
const toolSchema = z.record(z.string(), z.record(z.string(), namesSchema));
const packageSchema = z.object({ package: z.string(), tools: z.record(z.string(), toolSchema) });

/** What one tool (or the kernel, for files) documents. */
export interface DocumentedTool {
  readonly tool: string;
  readonly package: string;
  readonly groups: readonly DocumentedGroup[];
}

export interface DocumentedGroup {
  readonly kind: string;
  readonly probe: string;
  readonly names: readonly (readonly [name: string, text: string])[];
}

/** The tables in `sim/cli/fidelity/documented`: taken from the manuals and help texts of the real tools. */
export function documentedTools(root: string): readonly DocumentedTool[] {
  const dir = join(root, 'sim/cli/fidelity/documented');
  return readdirSync(dir)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .flatMap((file) => {
      const parsed = packageSchema.parse(JSON.parse(readFileSync(join(dir, file), 'utf8')));
      return Object.entries(parsed.tools).map(([tool, kinds]) => ({
        tool,
        package: parsed.package,
        groups: Object.entries(kinds).flatMap(([kind, probes]) =>
          Object.entries(probes).map(([probe, names]) => ({
            kind,
            probe,
            names: Object.entries(names),
          })),
        ),
      }));
    });
}
