import * as z from 'zod';
import { patternError } from './check/pattern';
import { wordsSchema } from './words';

/** `node01`, `node01/red` (host/netns). */
const place = z.string().regex(/^[a-z][a-z0-9-]*(\/[\w.-]+)?$/, 'HOST or HOST/NETNS');
/** A regular expression (RE2 syntax) that is looked for anywhere; `${...}` stands for some text. */
const regex = z
  .string()
  .max(2000)
  .refine((source) => patternError(source.replace(/\$\{[^}]*\}/g, 'x')) === undefined, {
    message: 'not a regular expression (RE2 syntax)',
  });
const textValue = z.union([z.string(), z.number(), z.boolean()]);

const target = z.strictObject({
  ip: z.string(),
  icmp: z.boolean().optional(),
  tcp: z.union([z.int(), z.string()]).optional(),
  udp: z.union([z.int(), z.string()]).optional(),
  http: z
    .strictObject({
      port: z.union([z.int(), z.string()]).default(80),
      path: z.string().default('/'),
      host: z.string().optional(),
    })
    .optional(),
  /** ICMP payload bytes with DF set. */
  size: z.int().min(0).max(65_000).optional(),
  expect: z
    .strictObject({
      status: z.int().optional(),
      /** Text that the answer holds. */
      body: z.string().optional(),
      /** The client's address as the server saw it (from an answer `… from ADDRESS`). */
      sourceSeen: z.string().optional(),
      fragments: z.boolean().optional(),
      latencyMs: z.number().positive().optional(),
    })
    .optional(),
});

/** What is done to the fork before the check looks. */
const perturbation = z.union([
  z.strictObject({ run: z.strictObject({ on: place, command: z.string().max(4000) }) }),
  z.strictObject({ linkDown: z.strictObject({ on: place, dev: z.string() }) }),
  z.strictObject({ linkUp: z.strictObject({ on: place, dev: z.string() }) }),
  z.strictObject({ flushNeighbours: place }),
  z.strictObject({ flushFdb: z.strictObject({ on: place, bridge: z.string() }) }),
  z.strictObject({
    setMtu: z.strictObject({ on: place, dev: z.string(), mtu: z.int().positive() }),
  }),
  z.strictObject({ wait: z.number().positive().max(3600) }),
]);
export type Perturbation = z.infer<typeof perturbation>;

const failRule = z.strictObject({
  when: z.strictObject({
    verdict: z.enum(['drop', 'deliver', 'none']).optional(),
    reason: z.string().optional(),
    at: z
      .strictObject({
        host: z.string().optional(),
        netns: z.string().optional(),
        dev: z.string().optional(),
        stage: z.string().optional(),
        chain: z.string().optional(),
      })
      .optional(),
  }),
  say: z.strictObject({ ...wordsSchema.shape, showTrace: z.boolean().default(false) }),
});
export type FailRule = z.infer<typeof failRule>;

const common = {
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower case letters, digits and dashes'),
  /** What the check wants, as the learner reads it; made from the assertion when absent. */
  title: wordsSchema.optional(),
  after: z.array(perturbation).max(16).default([]),
  /** Virtual seconds in which it has to come true; tried until then. */
  within: z.number().positive().max(600).optional(),
  visibility: z.enum(['visible', 'hidden', 'after-due']).default('visible'),
  points: z.number().positive().optional(),
  /** Holds from the start and has to go on holding: earns nothing itself; broken, its task earns nothing. */
  guard: z.boolean().default(false),
  fail: z.array(failRule).default([]),
};

const seen = z.strictObject({
  host: z.string().optional(),
  netns: z.string().optional(),
  dev: z.string().optional(),
  stage: z.string().optional(),
});
export type Seen = z.infer<typeof seen>;

/** Structured state; absent fields are not looked at, `absent: true` says that nothing matches. */
const stateOf = z.union([
  z.strictObject({
    link: z.strictObject({
      name: z.string(),
      kind: z.string().optional(),
      up: z.boolean().optional(),
      mtu: z.int().optional(),
      master: z.string().optional(),
      mac: z.string().optional(),
    }),
  }),
  z.strictObject({ address: z.strictObject({ dev: z.string().optional(), cidr: z.string() }) }),
  z.strictObject({
    route: z.strictObject({
      dst: z.string(),
      via: z.string().optional(),
      dev: z.string().optional(),
      type: z.string().optional(),
      table: z.int().optional(),
    }),
  }),
  z.strictObject({
    neighbour: z.strictObject({
      ip: z.string(),
      dev: z.string().optional(),
      state: z.string().optional(),
      mac: z.string().optional(),
    }),
  }),
  z.strictObject({ sysctl: z.strictObject({ name: z.string(), value: textValue }) }),
  z.strictObject({ netns: z.string() }),
  z.strictObject({
    fdb: z.strictObject({ bridge: z.string(), mac: z.string(), dev: z.string().optional() }),
  }),
  z.strictObject({
    file: z.strictObject({
      path: z.string(),
      matches: regex.optional(),
      executable: z.boolean().optional(),
    }),
  }),
  z.strictObject({ process: z.strictObject({ command: regex }) }),
  z.strictObject({ listening: z.strictObject({ port: z.int(), udp: z.boolean().default(false) }) }),
]);
export type StateOf = z.infer<typeof stateOf>;

/** What the learner has to say: right when it equals what the world says. */
const truthOf = z.union([
  z.strictObject({
    command: z.strictObject({ on: place, run: z.string() }),
  }),
  z.strictObject({ value: textValue }),
]);

export const checkSchema = z.discriminatedUnion('assert', [
  z.strictObject({ ...common, assert: z.literal('reach'), from: place, to: target }),
  z.strictObject({ ...common, assert: z.literal('notReach'), from: place, to: target }),
  z.strictObject({
    ...common,
    assert: z.literal('matrix'),
    among: z
      .array(z.strictObject({ name: z.string(), at: place, ip: z.string() }))
      .min(2)
      .max(16),
    /** Row = from, column = to, in the order of `among`: `.` reaches, `X` does not, `-` not looked at. */
    expect: z.array(z.string().regex(/^[.X-]+$/)),
  }),
  z.strictObject({
    ...common,
    assert: z.literal('path'),
    from: place,
    to: target,
    passes: z.array(seen).default([]),
    avoids: z.array(seen).default([]),
  }),
  z.strictObject({
    ...common,
    assert: z.literal('state'),
    on: place,
    is: stateOf,
    absent: z.boolean().default(false),
  }),
  z.strictObject({
    ...common,
    assert: z.literal('command'),
    on: place,
    run: z.string().max(4000),
    stdin: z.string().optional(),
    code: z.int().optional(),
    stdout: regex.optional(),
    stderr: regex.optional(),
    json: z.unknown().optional(),
  }),
  z.strictObject({
    ...common,
    assert: z.literal('answer'),
    question: wordsSchema,
    truth: truthOf,
    choices: z.array(z.strictObject({ value: z.string(), text: wordsSchema })).optional(),
  }),
  z.strictObject({
    ...common,
    assert: z.literal('predict'),
    question: wordsSchema,
    truth: truthOf,
    choices: z.array(z.strictObject({ value: z.string(), text: wordsSchema })).optional(),
  }),
]);
export type CheckSpec = z.infer<typeof checkSchema>;
export type TargetSpec = z.infer<typeof target>;
export type TruthSpec = z.infer<typeof truthOf>;
