import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { ContentProblem } from './lesson-schema';

export interface SplitText {
  readonly yaml: string;
  readonly body: string;
}

/** `---` yaml `---` body; a file without frontmatter has an empty yaml part. */
export function splitFrontmatter(text: string): SplitText {
  const match = /^---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text);
  if (!match) return { yaml: '', body: text };
  return { yaml: match[1] ?? '', body: text.slice(match[0].length) };
}

export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly ContentProblem[] };

interface Source {
  readonly file: string;
  readonly yaml: string;
  /** Lines of the file before the yaml part. */
  readonly linesBefore: number;
}

/** Parses yaml and checks its shape; each problem names file, line, field and what was expected. */
export function checkYaml<T>(schema: z.ZodType<T>, source: Source): Checked<T> {
  const lines = new LineCounter();
  const document = parseDocument(source.yaml, { lineCounter: lines });
  const lineAt = (offset: number) => lines.linePos(offset).line + source.linesBefore;
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => ({
      file: source.file,
      line: lineAt(error.pos[0]),
      field: null,
      message: error.message.split('\n')[0] ?? error.message,
    }));
    return { ok: false, problems };
  }
  const result = schema.safeParse(document.toJS());
  if (result.success) return { ok: true, value: result.data };
  const problems = result.error.issues.map((issue) => ({
    file: source.file,
    line: lineOf(document, issue.path, lineAt),
    field: issue.path.join('.') || null,
    message: issue.message,
  }));
  return { ok: false, problems };
}

type Path = readonly PropertyKey[];

/** The line of the field, or of the nearest parent that exists. */
function lineOf(
  document: ReturnType<typeof parseDocument>,
  path: Path,
  lineAt: (offset: number) => number,
): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (typeof node !== 'object' || node === null || !('range' in node)) continue;
    if (Array.isArray(node.range)) return lineAt(Number(node.range[0]));
  }
  return lineAt(0);
}
