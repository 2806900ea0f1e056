import type { Lab } from '@/sim/lab/lab-schema';
import type { WorldSpec } from '@/sim/lab/world-schema';

interface FreeOptions {
  readonly slug: string;
  readonly title: { readonly en: string; readonly ko: string };
  readonly world: WorldSpec;
  readonly setup?: readonly { readonly on: string; readonly run: string }[];
}

/** A sandbox without tasks: the playground, and the small worlds in lessons. */
export const freeLab = ({ slug, title, world, setup = [] }: FreeOptions): Lab => ({
  slug,
  world,
  files: [],
  yaml: {
    schema: 1,
    id: '00000000-0000-4000-8000-000000000000',
    version: 1,
    status: 'active',
    title,
    skills: [],
    level: 1,
    minutes: 1,
    requires: [],
    world,
    variants: {},
    setup: [...setup],
    tasks: [],
    grading: { attempts: 'unlimited', timeLimit: null, hintCost: 0, pass: 1 },
  },
});
