import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const SIM = join(dirname(fileURLToPath(import.meta.url)), '..');
/** From the left; a room imports itself and rooms to its left. `cni` and `docker` stand side by side. */
const RANK: Readonly<Record<string, number>> = {
  base: 0,
  wire: 1,
  linux: 2,
  userland: 3,
  cni: 4,
  docker: 4,
  kube: 5,
  lab: 6,
};
/** What the engine may use besides itself (docs/decisions). */
const PACKAGES = new Set(['ipaddr.js', 're2js', 'unbash', 'yaml', 'zod']);

const sources = readdirSync(SIM, { recursive: true })
  .map(String)
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
  .filter((path) => (path.split('/')[0] ?? '') in RANK);

/** Module specifiers of imports and re-exports; `typeOnly` ones vanish in the built code. */
function importsOf(path: string): readonly { readonly to: string; readonly typeOnly: boolean }[] {
  const text = readFileSync(join(SIM, path), 'utf8');
  const found = text.matchAll(/^(?:import|export)\s+(type\s)?[^;'"]*?from\s+'([^']+)'/gm);
  const bare = text.matchAll(/^import\s+()'([^']+)'/gm);
  return [...found, ...bare].map(([, typeOnly, to = '']) => ({ to, typeOnly: Boolean(typeOnly) }));
}

const target = (path: string, to: string): string => {
  const joined = relative(SIM, join(SIM, dirname(path), to));
  return sources.includes(`${joined}.ts`) ? `${joined}.ts` : joined;
};

describe('rooms', () => {
  test('there are sources to look at', () => {
    expect(sources.length).toBeGreaterThan(100);
  });

  test('import themselves and rooms to their left', () => {
    const wrong = sources.flatMap((path) => {
      const room = path.split('/')[0] ?? '';
      return importsOf(path)
        .filter(({ to }) => to.startsWith('.'))
        .map(({ to }) => target(path, to).split('/')[0] ?? '')
        .filter((other) => {
          const rank = RANK[other];
          return (
            rank === undefined ||
            rank > (RANK[room] ?? 0) ||
            (rank === RANK[room] && other !== room)
          );
        })
        .map((other) => `${path} -> ${other}`);
    });
    expect(wrong).toEqual([]);
  });

  test('use no package but the few that were chosen', () => {
    const foreign = sources.flatMap((path) =>
      importsOf(path)
        .filter(({ to }) => !to.startsWith('.') && !PACKAGES.has(to))
        .map(({ to }) => `${path} -> ${to}`),
    );
    expect(foreign).toEqual([]);
  });

  test('have no import cycles', () => {
    const edges = new Map(
      sources.map((path) => [
        path,
        importsOf(path)
          .filter(({ to, typeOnly }) => to.startsWith('.') && !typeOnly)
          .map(({ to }) => target(path, to)),
      ]),
    );
    expect(cycleIn(edges)).toBeUndefined();
  });
});

/** The first cycle of a graph, as a path, by depth-first search. */
function cycleIn(edges: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (node: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(node)) return [...way.slice(way.indexOf(node)), node];
    if (done.has(node)) return undefined;
    done.add(node);
    for (const next of edges.get(node) ?? []) {
      const cycle = visit(next, [...way, node]);
      if (cycle) return cycle;
    }
    return undefined;
  };
  for (const node of edges.keys()) {
    const cycle = visit(node, []);
    if (cycle) return cycle;
  }
  return undefined;
}
