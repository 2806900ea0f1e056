import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { onRealKernel } from '../bench/kernel';
import { allPairs, star } from '../bench/scripts';
import { newFlowUs } from '../bench/services';
import { gradeWork } from '../lab/grade';
import { runProgram } from '../lab/place';
import { contentDir } from './content-dir';
import { drive } from './drive';
import { readAllLabs } from './lab-folder';
import { recordingHost } from './recorder';

/** One measurement; `ratio` is ours over the peer's in the same run. */
interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'bytes' | 'events/s';
  readonly peer?: { readonly name: string; readonly value: number; readonly ratio: number };
  readonly note?: string;
}

type Benchmark = () => Promise<readonly Row[]>;

const BENCHMARKS: ReadonlyMap<string, Benchmark> = new Map([
  ['star', () => rows([10, 100, 500], starRow)],
  ['all-pairs', () => rows([10, 30], allPairsRow)],
  ['services', services],
  ['replay-grade', replayGrade],
  ['bundle', bundle],
]);

/** `sim bench [NAME]`: JSON lines of measurements. */
export async function bench(args: readonly string[]): Promise<number> {
  const [only] = args;
  if (only !== undefined && !BENCHMARKS.has(only)) {
    process.stderr.write(`no benchmark ${only}; there are: ${[...BENCHMARKS.keys()].join(', ')}\n`);
    return 2;
  }
  for (const [name, run] of BENCHMARKS) {
    if (only !== undefined && only !== name) continue;
    for (const row of await run()) process.stdout.write(`${JSON.stringify(row)}\n`);
  }
  return 0;
}

async function rows(sizes: readonly number[], one: (n: number) => Promise<Row>): Promise<Row[]> {
  const made: Row[] = [];
  for (const n of sizes) made.push(await one(n));
  return made;
}

interface Timed {
  readonly ms: number;
  readonly code: number | undefined;
}

/** Runs shell texts one after the other on a fresh host; the time is that of the last. */
async function timed(scripts: readonly string[]): Promise<Timed> {
  const { world, host } = recordingHost('bench');
  const place = { host, netns: host.netns };
  const options = { timeoutUs: 3_600_000_000 };
  let last: Timed = { ms: 0, code: 0 };
  for (const script of scripts) {
    const from = performance.now();
    const ran = await drive(runProgram(world, place, ['bash', '-c', script], options));
    last = { ms: performance.now() - from, code: ran.code };
    if (ran.code !== 0) throw new Error(`benchmark script failed: ${ran.stderr.slice(0, 300)}`);
  }
  return last;
}

function compared(name: string, ours: number, kernel: number | undefined): Row {
  const value = Math.round(ours * 100) / 100;
  if (kernel === undefined) {
    return { name, value, unit: 'ms', note: 'no peer: this machine gives no namespaces' };
  }
  const peer = { name: 'this kernel', value: Math.round(kernel * 100) / 100, ratio: ours / kernel };
  return { name, value, unit: 'ms', peer };
}

async function starRow(n: number): Promise<Row> {
  const ours = await timed([star(n)]);
  return compared(`star of ${n} namespaces`, ours.ms, onRealKernel(star(n)));
}

async function allPairsRow(n: number): Promise<Row> {
  const rest = 'sleep 2.5';
  const ours = await timed([star(n), rest, allPairs(n)]);
  const kernel = onRealKernel(`${star(n)}\n${rest}\na=$EPOCHREALTIME\n${allPairs(n)}`);
  return compared(`all-pairs ping of ${n}`, ours.ms, kernel);
}

/** What the first packet of a flow to a Service costs in kube-proxy's chains, by the number of Services. */
async function services(): Promise<readonly Row[]> {
  const few = newFlowUs(10);
  const rowOf = (n: number, us: number): Row => ({
    name: `new flow through ${n} Services`,
    value: us / 1000,
    unit: 'ms',
    peer: { name: '10 Services', value: few / 1000, ratio: us / few },
  });
  return [rowOf(10, few), rowOf(1000, newFlowUs(1000)), rowOf(10_000, newFlowUs(10_000))];
}

/** Replay and grade of each lab's first solution: the 50th and 95th percentile over 20 runs each. */
async function replayGrade(): Promise<readonly Row[]> {
  const times: number[] = [];
  for (const { lab, solutions } of readAllLabs(contentDir()).labs.values()) {
    const [solution] = solutions;
    if (!solution) continue;
    for (let i = 0; i < 20; i++) {
      const seed = `bench-${i}`;
      const from = performance.now();
      await drive(gradeWork(lab, { kind: 'script', text: solution.text, seed }));
      times.push(performance.now() - from);
    }
  }
  times.sort((a, b) => a - b);
  const at = (p: number): number =>
    Math.round((times[Math.floor(p * (times.length - 1))] ?? 0) * 100) / 100;
  return [
    { name: 'replay and grade, median', value: at(0.5), unit: 'ms' },
    { name: 'replay and grade, p95', value: at(0.95), unit: 'ms' },
  ];
}

/** The browser's engine as the worker loads it, minified and compressed, without jq and editor. */
async function bundle(): Promise<readonly Row[]> {
  const root = process.env.HOPWISE_ROOT ?? process.cwd();
  const { build } = await import('esbuild');
  const built = await build({
    entryPoints: [join(root, 'sim/lab/sandbox.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    external: ['jq-wasm'],
  });
  const bytes = gzipSync(built.outputFiles[0]?.contents ?? new Uint8Array(0)).length;
  const chunks = join(root, '.next/static/chunks');
  const rows: Row[] = [{ name: 'engine and shell, gzip', value: bytes, unit: 'bytes' }];
  if (!existsSync(chunks)) return rows;
  const all = readdirSync(chunks, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.js'))
    .reduce((sum, name) => sum + gzipSync(readFileSync(join(chunks, name))).length, 0);
  return [...rows, { name: 'all scripts of the site, gzip', value: all, unit: 'bytes' }];
}
