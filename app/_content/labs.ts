import 'server-only';
import { allWorlds } from 'content-collections';
import { parse } from 'yaml';
import { contentDir } from '@/sim/cli/content-dir';
import { type Problem, readAllLabs } from '@/sim/cli/lab-folder';
import type { Lab } from '@/sim/lab/lab-schema';
import { type WorldSpec, worldSchema } from '@/sim/lab/world-schema';

interface Read {
  readonly labs: ReadonlyMap<string, Lab>;
  readonly problems: readonly Problem[];
}

let remembered: Read | null = null;

/** Every lab that is right, as the grader reads it. Read once; while developing, at each look. */
function readLabs(): Read {
  if (remembered && process.env.NODE_ENV === 'production') return remembered;
  const { labs, problems } = readAllLabs(contentDir());
  remembered = { labs: new Map([...labs].map(([slug, { lab }]) => [slug, lab])), problems };
  return remembered;
}

/** A lab for a learner's browser: hidden checks stay here. */
export function findLab(slug: string): Lab | null {
  const lab = readLabs().labs.get(slug);
  if (!lab || lab.yaml.status === 'retired') return null;
  const tasks = lab.yaml.tasks.map((task) => ({
    ...task,
    checks: task.checks.filter((check) => check.visibility === 'visible'),
  }));
  return { ...lab, yaml: { ...lab.yaml, tasks } };
}

export const labProblems = (): readonly Problem[] => readLabs().problems;

/** A world of `content/worlds/` by its name; null when there is none or it is not right. */
export function findWorld(name: string): WorldSpec | null {
  const file = allWorlds.find((world) => world.name === name);
  if (!file) return null;
  const parsed = worldSchema.safeParse(parse(file.yaml));
  return parsed.success ? parsed.data : null;
}
