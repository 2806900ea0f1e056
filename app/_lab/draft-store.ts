import { z } from 'zod';
import { logSchema } from '@/sim/lab/log';

/** A sandbox as it is stored and sent: enough to make the same world again. */
export const draftSchema = z.object({ lab: z.string(), log: logSchema });
export type Draft = z.infer<typeof draftSchema>;

const DATABASE = 'hopwise';
const STORE = 'drafts';

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return settled(request);
}

async function withStore<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open();
  try {
    const transaction = database.transaction(STORE, mode);
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    const result = await settled(work(transaction.objectStore(STORE)));
    await done;
    return result;
  } finally {
    database.close();
  }
}

const keyOf = (userId: string | null, lab: string): string => `${userId ?? 'guest'}/${lab}`;

/** Resolves once the browser has committed the draft. */
export const saveDraft = async (userId: string | null, draft: Draft): Promise<void> => {
  await withStore('readwrite', (store) => store.put(draft, keyOf(userId, draft.lab)));
};

export async function loadDraft(userId: string | null, lab: string): Promise<Draft | null> {
  const found: unknown = await withStore('readonly', (store) => store.get(keyOf(userId, lab)));
  const parsed = draftSchema.safeParse(found);
  return parsed.success ? parsed.data : null;
}

export async function guestDrafts(): Promise<readonly Draft[]> {
  const range = IDBKeyRange.bound('guest/', 'guest/\uffff');
  const found: unknown[] = await withStore('readonly', (store) => store.getAll(range));
  return found.flatMap((value) => {
    const parsed = draftSchema.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
}

export const clearGuestDrafts = async (): Promise<void> => {
  const range = IDBKeyRange.bound('guest/', 'guest/\uffff');
  await withStore('readwrite', (store) => store.delete(range));
};
