import * as z from 'zod';
import { labFormatVersion } from './version';

/** The bounds of a log that a stranger may send. */
export const MAX_ENTRIES = 5000;
export const MAX_LINE = 16_384;
export const MAX_FILE = 262_144;
export const MAX_LOG_BYTES = 2_097_152;

const when = {
  /** Virtual time, µs. */
  atUs: z.number().int().nonnegative(),
  /** Events that the engine had executed: with it a replay is exact whatever the slices of time were. */
  events: z.number().int().nonnegative(),
};
const terminal = z.number().int().nonnegative().max(63);

const entrySchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...when, kind: z.literal('open'), terminal, host: z.string().max(64) }),
  z.strictObject({ ...when, kind: z.literal('line'), terminal, text: z.string().max(MAX_LINE) }),
  z.strictObject({
    ...when,
    kind: z.literal('signal'),
    terminal,
    key: z.enum(['^C', '^Z', '^\\']),
  }),
  z.strictObject({ ...when, kind: z.literal('eof'), terminal }),
  z.strictObject({ ...when, kind: z.literal('keys'), terminal, data: z.string().max(MAX_LINE) }),
  z.strictObject({
    ...when,
    kind: z.literal('size'),
    terminal,
    columns: z.int().min(1).max(1000),
    rows: z.int().min(1).max(1000),
  }),
  z.strictObject({
    ...when,
    kind: z.literal('file'),
    host: z.string().max(64),
    path: z.string().max(4096),
    text: z.string().max(MAX_FILE),
  }),
  /** A script run on a host without a terminal (graded files, solutions). */
  z.strictObject({
    ...when,
    kind: z.literal('script'),
    host: z.string().max(64),
    text: z.string().max(MAX_FILE),
  }),
  z.strictObject({
    ...when,
    kind: z.literal('answer'),
    check: z.string().max(128),
    value: z.string().max(1000),
  }),
]);
export type LogEntry = z.infer<typeof entrySchema>;

/** A sandbox's whole story: with lab and seed it gives the same world, bit for bit. */
export const logSchema = z.strictObject({
  format: z.literal(labFormatVersion),
  engine: z.string().max(64),
  lab: z.strictObject({ slug: z.string().max(128), version: z.int().positive() }),
  seed: z.string().min(1).max(128),
  entries: z.array(entrySchema).max(MAX_ENTRIES),
  /** Where the log ends, when the sandbox was looked at. */
  endUs: z.number().int().nonnegative(),
  endEvents: z.number().int().nonnegative(),
  /** Of the world at the end (state-hash.ts); proves that the replay is the same. */
  stateHash: z.string().max(128).optional(),
});
export type Log = z.infer<typeof logSchema>;
