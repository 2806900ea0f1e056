import * as z from 'zod';
import { checkSchema } from './check-schema';
import { wordsSchema } from './words';
import { worldSchema } from './world-schema';

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower case letters, digits and dashes');

/** Values that the seed of an attempt draws from. */
export const variantsSchema = z.record(
  z.string().regex(/^[a-z][a-zA-Z0-9]*$/, 'a name for ${...}: letters and digits'),
  z.strictObject({
    oneOf: z
      .array(z.union([z.string(), z.number()]))
      .min(1)
      .max(64),
  }),
);

const hintSchema = z.strictObject({
  kind: z.enum(['nudge', 'where', 'concept', 'step']),
  when: z.strictObject({ check: z.string(), failing: z.literal(true) }).optional(),
  text: wordsSchema,
});

const taskSchema = z.strictObject({
  id: slug,
  points: z.number().positive().max(1000),
  title: wordsSchema,
  scaffold: z.enum(['worked', 'completion', 'independent']).default('independent'),
  checks: z.array(checkSchema).min(1).max(64),
  hints: z.array(hintSchema).max(16).default([]),
});

const setupSchema = z.strictObject({ on: z.string(), run: z.string().max(20_000) });

const gradingSchema = z.strictObject({
  attempts: z.union([z.literal('unlimited'), z.int().positive()]).default('unlimited'),
  timeLimit: z.union([z.null(), z.int().positive()]).default(null),
  hintCost: z.number().min(0).max(1).default(0),
  pass: z.number().min(0).max(1).default(0.8),
});

/** lab.yaml, schema 1. Its JSON Schema is published for editors. */
export const labSchema = z.strictObject({
  schema: z.literal(1),
  id: z.uuid(),
  version: z.int().positive(),
  status: z.enum(['draft', 'active', 'retired']),
  title: wordsSchema,
  skills: z.array(z.string()).min(1),
  level: z.int().min(1).max(5),
  minutes: z.int().positive().max(600),
  requires: z.array(slug).default([]),
  /** A world of content/worlds/ by name, or one of this lab's own. */
  world: z.union([slug, worldSchema]),
  /** The host whose terminal opens first, and where a plain script runs; default: the world's first. */
  home: z.string().optional(),
  variants: variantsSchema.default({}),
  setup: z.array(setupSchema).max(32).default([]),
  tasks: z.array(taskSchema).min(1).max(32),
  grading: gradingSchema.default(() => gradingSchema.parse({})),
});
export type LabYaml = z.infer<typeof labSchema>;
export type TaskSpec = LabYaml['tasks'][number];
export type HintSpec = TaskSpec['hints'][number];

/** A lab as the engine takes it: the yaml with its world looked up, and what lies beside it. */
export interface Lab {
  readonly slug: string;
  readonly yaml: LabYaml;
  readonly world: z.infer<typeof worldSchema>;
  /** Files laid on hosts before the start. */
  readonly files: readonly LabFile[];
}

export interface LabFile {
  readonly host: string;
  readonly path: string;
  readonly text: string;
  readonly executable: boolean;
}
