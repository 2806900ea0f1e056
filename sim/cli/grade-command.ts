import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gradeWork } from '../lab/grade';
import type { Lab } from '../lab/lab-schema';
import { logSchema, MAX_LOG_BYTES } from '../lab/log';
import type { Work } from '../lab/replay';
import {
  type Graded,
  RESULT_FORMATS,
  type ResultFormat,
  writeResults,
} from '../lab/result/writers';
import { contentDir } from './content-dir';
import { drive } from './drive';
import { problemText, readAllLabs, readLabFolder } from './lab-folder';

interface Options {
  readonly lab: string;
  readonly files: readonly string[];
  readonly format: ResultFormat;
  readonly out: string | undefined;
  readonly seed: string;
}

const isFormat = (text: string): text is ResultFormat =>
  RESULT_FORMATS.some((format) => format === text);

function parse(args: readonly string[]): Options | string {
  const plain: string[] = [];
  let format: ResultFormat = 'json';
  let out: string | undefined;
  let seed = '1';
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (!arg.startsWith('--')) {
      plain.push(arg);
      continue;
    }
    const value = args[++i];
    if (value === undefined) return `${arg} needs a value`;
    if (arg === '--out') out = value;
    else if (arg === '--seed') seed = value;
    else if (arg !== '--format') return `unknown option ${arg}`;
    else if (isFormat(value)) format = value;
    else return `--format is one of ${RESULT_FORMATS.join(', ')}`;
  }
  const [lab, ...files] = plain;
  if (lab === undefined || files.length === 0) return 'usage: hopwise grade LAB FILE...';
  return { lab, files, format, out, seed };
}

/**
 * `hopwise grade LAB FILE...`: grades exported sandboxes (JSON logs) and shell scripts without site or database.
 * Exit 0 when all passed, 1 when not, 2 for wrong use.
 */
export async function grade(args: readonly string[]): Promise<number> {
  const options = parse(args);
  if (typeof options === 'string') return complain(options);
  const lab = findLab(options.lab);
  if (typeof lab === 'string') return complain(lab);
  const results: Graded[] = [];
  for (const file of options.files) {
    const work = readWork(file, options.seed);
    if (typeof work === 'string') return complain(`${file}: ${work}`);
    results.push({ lab: lab.slug, name: basename(file), grade: await drive(gradeWork(lab, work)) });
  }
  const text = writeResults(options.format, results);
  if (options.out === undefined) process.stdout.write(text);
  else writeFileSync(options.out, text);
  return results.every(({ grade: one }) => one.kind === 'graded' && one.passed) ? 0 : 1;
}

function complain(message: string): number {
  process.stderr.write(`hopwise: ${message}\n`);
  return 2;
}

/** A slug of content/, or a folder. */
function findLab(name: string): Lab | string {
  const dir = contentDir();
  if (existsSync(join(name, 'lab.yaml'))) {
    const read = readLabFolder(name.replace(/\/+$/, ''), dir);
    return read.ok ? read.value.lab : read.error.map(problemText).join('\n');
  }
  const { labs } = readAllLabs(dir);
  return labs.get(name)?.lab ?? `no lab ${name}; there are: ${[...labs.keys()].join(', ')}`;
}

function readWork(file: string, seed: string): Work | string {
  if (!existsSync(file)) return 'no such file';
  if (statSync(file).size > MAX_LOG_BYTES) return `larger than ${MAX_LOG_BYTES} bytes`;
  if (/\.ya?ml$/.test(file)) return 'YAML manifests are not simulated: no lab has a cluster yet';
  const text = readFileSync(file, 'utf8');
  if (!text.trimStart().startsWith('{')) return { kind: 'script', text, seed };
  try {
    const log = logSchema.safeParse(JSON.parse(text));
    if (log.success) return { kind: 'log', log: log.data };
    const issue = log.error.issues[0];
    return `not an exported sandbox: ${issue?.path.join('.')}: ${issue?.message}`;
  } catch (error) {
    return `not JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}
