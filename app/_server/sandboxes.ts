import 'server-only';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { db } from './db';

export const MAX_LOG_BYTES = 2 * 1024 * 1024;
const MAX_LOG_ENTRIES = 20_000;

export const labSlug = z.string().regex(/^[a-z0-9-]{1,64}$/);

/** A draft as the browser autosaves it: (engine version, lab version, seed, input log). */
export const draftSchema = z.object({
  labVersion: z.int().min(0).max(1_000_000),
  engineVersion: z.string().max(40),
  seed: z.string().max(100),
  log: z.array(z.unknown()).max(MAX_LOG_ENTRIES),
});
export const saveBody = draftSchema.extend({
  /** The revision that the change was made on; 0 for a sandbox that was never saved. */
  baseRevision: z.int().min(0).optional(),
});
export type SaveBody = z.infer<typeof saveBody>;

export interface Draft extends z.infer<typeof draftSchema> {
  readonly lab: string;
  readonly revision: number;
  readonly updatedAt: string;
}

export type SaveResult =
  | { readonly kind: 'saved'; readonly revision: number }
  | { readonly kind: 'conflict'; readonly current: Draft };

/**
 * Stores a draft; when this returns, the commit is on the disk. With `baseRevision` a draft that another
 * browser has saved meanwhile is not overwritten: the caller gets that one and decides.
 */
export async function saveSandbox(
  userId: string,
  lab: string,
  { baseRevision, log, ...rest }: SaveBody,
): Promise<SaveResult> {
  const where = { userId_lab: { userId, lab } };
  return db.$transaction(async (tx) => {
    const known = await tx.sandbox.findUnique({ where });
    if (baseRevision !== undefined && known && known.revision !== baseRevision) {
      return { kind: 'conflict', current: draftOf(known) };
    }
    const revision = (known?.revision ?? 0) + 1;
    const data = { ...rest, log: JSON.stringify(log), revision };
    await tx.sandbox.upsert({
      where,
      create: { id: randomUUID(), userId, lab, ...data },
      update: data,
    });
    return { kind: 'saved', revision };
  });
}

export async function findSandbox(userId: string, lab: string): Promise<Draft | null> {
  const row = await db.sandbox.findUnique({ where: { userId_lab: { userId, lab } } });
  return row && draftOf(row);
}

type Row = NonNullable<Awaited<ReturnType<typeof db.sandbox.findUnique>>>;

const draftOf = (row: Row): Draft => ({
  lab: row.lab,
  labVersion: row.labVersion,
  engineVersion: row.engineVersion,
  seed: row.seed,
  log: z.array(z.unknown()).parse(JSON.parse(row.log)),
  revision: row.revision,
  updatedAt: row.updatedAt.toISOString(),
});
