import 'server-only';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Log, logSchema } from '@/sim/lab/log';
import { db } from './db';
import { inTransaction } from './transaction';

export const labSlug = z.string().regex(/^[a-z0-9-]{1,64}$/);

/** Autosave: the whole input log, with the lab, its version and the seed in it. */
export const saveBody = z.object({
  log: logSchema,
  /** The revision that the change was made on; 0 for a sandbox that was never saved. */
  baseRevision: z.int().min(0).optional(),
});
export type SaveBody = z.infer<typeof saveBody>;

export interface Draft {
  readonly lab: string;
  readonly log: Log;
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
  { baseRevision, log }: SaveBody,
): Promise<SaveResult> {
  const lab = log.lab.slug;
  const where = { userId_lab: { userId, lab } };
  return inTransaction(async (tx) => {
    const known = await tx.sandbox.findUnique({ where });
    if (baseRevision !== undefined && known && known.revision !== baseRevision) {
      return { kind: 'conflict', current: draftOf(known) };
    }
    const revision = (known?.revision ?? 0) + 1;
    const data = { ...columnsOf(log), revision };
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
  log: logSchema.parse(JSON.parse(row.log)),
  revision: row.revision,
  updatedAt: row.updatedAt.toISOString(),
});

export interface LogColumns {
  readonly labVersion: number;
  readonly engineVersion: string;
  readonly seed: string;
  readonly log: string;
}

/** A log as the table Sandbox holds it. */
export const columnsOf = (log: Log): LogColumns => ({
  labVersion: log.lab.version,
  engineVersion: log.engine,
  seed: log.seed,
  log: JSON.stringify(log),
});
