import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { err, ok, type Result } from '../base/result';
import { type Lab, type LabFile, labSchema } from '../lab/lab-schema';
import { type WorldSpec, worldSchema } from '../lab/world-schema';

/** Where something in a lab's folder is wrong, and what was expected. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly field: string;
  readonly message: string;
}

export const problemText = (problem: Problem): string =>
  `${problem.file}:${problem.line}: ${problem.field ? `${problem.field}: ` : ''}${problem.message}`;

/** Everything that lies in a lab's folder. */
export interface LabFolder {
  readonly lab: Lab;
  readonly dir: string;
  readonly texts: Readonly<Record<'en' | 'ko', string>>;
  readonly solutions: readonly Script[];
  readonly mutants: readonly Script[];
}

export interface Script {
  readonly name: string;
  readonly text: string;
}

const MAX_BYTES = 1_048_576;

/** Parses YAML against a schema; every problem with its file, line and field. */
export function parseYaml<T>(
  file: string,
  text: string,
  schema: z.ZodType<T>,
): Result<T, readonly Problem[]> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineAt = (offset: number): number => lines.linePos(offset).line;
  if (document.errors.length > 0) {
    return err(
      document.errors.map((e) => ({
        file,
        line: lineAt(e.pos[0]),
        field: '',
        message: e.message.split('\n')[0] ?? '',
      })),
    );
  }
  const value = plainValue(document);
  if (!value.ok) return err([{ file, line: 1, field: '', message: value.error }]);
  const parsed = schema.safeParse(value.value);
  if (parsed.success) return ok(parsed.data);
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length >= 0; length--) {
      const node: unknown = document.getIn(path.slice(0, length), true);
      if (
        typeof node === 'object' &&
        node !== null &&
        'range' in node &&
        Array.isArray(node.range)
      ) {
        return lineAt(Number(node.range[0]));
      }
    }
    return 1;
  };
  return err(
    parsed.error.issues.map((issue) => ({
      file,
      line: lineOf(issue.path),
      field: issue.path.map(String).join('.'),
      message: issue.message,
    })),
  );
}

/** The library throws for an alias without its anchor and for aliases that grow beyond measure. */
function plainValue(document: ReturnType<typeof parseDocument>): Result<unknown, string> {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return ok(value);
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
}

/** Reads one lab. `contentDir` is where `worlds/` is. */
export function readLabFolder(
  dir: string,
  contentDir: string,
): Result<LabFolder, readonly Problem[]> {
  const slug = dir.split(sep).at(-1) ?? '';
  const shown = (path: string): string => relative(join(contentDir, '..'), path);
  const yamlPath = join(dir, 'lab.yaml');
  if (!existsSync(yamlPath)) return err([problem(shown(dir), 'lab.yaml is missing')]);
  const yaml = parseYaml(shown(yamlPath), readFileSync(yamlPath, 'utf8'), labSchema);
  if (!yaml.ok) return yaml;
  const world = readWorld(yaml.value.world, contentDir, shown(yamlPath));
  if (!world.ok) return world;
  const problems: Problem[] = [];
  const text = (language: 'en' | 'ko'): string => {
    const path = join(dir, `text.${language}.mdx`);
    if (existsSync(path)) return readFileSync(path, 'utf8');
    problems.push(problem(shown(path), 'is missing: a lab is written in both languages'));
    return '';
  };
  const texts = { en: text('en'), ko: text('ko') };
  const files = filesIn(join(dir, 'files'), shown, problems);
  if (problems.length > 0) return err(problems);
  return ok({
    lab: { slug, yaml: yaml.value, world: world.value, files },
    dir,
    texts,
    solutions: scriptsIn(join(dir, 'solutions')),
    mutants: scriptsIn(join(dir, 'mutants')),
  });
}

const problem = (file: string, message: string): Problem => ({ file, line: 1, field: '', message });

function readWorld(
  world: string | WorldSpec,
  contentDir: string,
  from: string,
): Result<WorldSpec, readonly Problem[]> {
  if (typeof world !== 'string') return ok(world);
  const path = join(contentDir, 'worlds', `${world}.yaml`);
  if (!existsSync(path)) {
    return err([{ ...problem(from, `no world content/worlds/${world}.yaml`), field: 'world' }]);
  }
  return parseYaml(`content/worlds/${world}.yaml`, readFileSync(path, 'utf8'), worldSchema);
}

function scriptsIn(dir: string): readonly Script[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((name) => name.endsWith('.sh'))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(dir, name), 'utf8') }));
}

/** `files/<host>/<absolute path>`. */
function filesIn(
  dir: string,
  shown: (path: string) => string,
  problems: Problem[],
): readonly LabFile[] {
  if (!existsSync(dir)) return [];
  const found: LabFile[] = [];
  const walk = (path: string): void => {
    for (const name of readdirSync(path).sort()) {
      const child = join(path, name);
      const stat = statSync(child);
      if (stat.isDirectory()) walk(child);
      else if (stat.size > MAX_BYTES) problems.push(problem(shown(child), 'is larger than 1 MiB'));
      else {
        const [host = '', ...rest] = relative(dir, child).split(sep);
        const text = readFileSync(child, 'utf8');
        found.push({
          host,
          path: `/${rest.join('/')}`,
          text,
          executable: (stat.mode & 0o100) !== 0,
        });
      }
    }
  };
  walk(dir);
  return found;
}

/** Every lab folder under content/, by slug, and what is wrong with the others. */
export function readAllLabs(contentDir: string): {
  readonly labs: ReadonlyMap<string, LabFolder>;
  readonly problems: readonly Problem[];
} {
  const labs = new Map<string, LabFolder>();
  const problems: Problem[] = [];
  for (const dir of labDirs(contentDir)) {
    const read = readLabFolder(dir, contentDir);
    if (!read.ok) problems.push(...read.error);
    else if (labs.has(read.value.lab.slug)) {
      problems.push(problem(relative(join(contentDir, '..'), dir), 'another lab has this slug'));
    } else labs.set(read.value.lab.slug, read.value);
  }
  return { labs, problems };
}

function labDirs(contentDir: string): readonly string[] {
  const children = (dir: string): readonly string[] =>
    existsSync(dir)
      ? readdirSync(dir, { withFileTypes: true })
          .filter((entry) => entry.isDirectory())
          .map((entry) => join(dir, entry.name))
          .sort()
      : [];
  return children(contentDir)
    .flatMap(children)
    .flatMap((lesson) => children(join(lesson, 'labs')));
}
