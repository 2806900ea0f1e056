import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PrismaClient } from '../../../generated/sqlite/client';
import { migrate } from '../../../scripts/migrate.mjs';
import { SqliteAdapterFactory } from './sqlite-adapter';

const dir = mkdtempSync(join(tmpdir(), 'hopwise-db-'));
const path = join(dir, 'test.db');
const open = (): PrismaClient => new PrismaClient({ adapter: new SqliteAdapterFactory(path) });
let db: PrismaClient;

beforeAll(async () => {
  await migrate({ provider: 'sqlite', path, label: path });
  db = open();
});

afterAll(async () => {
  await db.$disconnect();
  rmSync(dir, { recursive: true, force: true });
});

const person = (): { id: string; name: string; email: string } => {
  const id = randomUUID();
  return { id, name: 'n', email: `${id}@example.org` };
};

/** A promise and the function that settles it. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

const within = <T>(ms: number, promise: Promise<T>): Promise<T | 'late'> =>
  Promise.race([promise, new Promise<'late'>((r) => setTimeout(() => r('late'), ms))]);

describe('acknowledged writes', () => {
  test('a plain write during another open transaction survives its rollback', async () => {
    const [inside, outside] = [person(), person()];
    const started = gate();
    const mayFail = gate();
    const failing = db.$transaction(async (tx) => {
      await tx.user.create({ data: inside });
      started.open();
      await mayFail.opened;
      throw new Error('rolled back');
    });
    await started.opened;
    const write = db.user.create({ data: outside });
    expect(await within(100, write)).toBe('late');
    mayFail.open();
    await expect(failing).rejects.toThrow('rolled back');
    await write;
    expect(await db.user.findUnique({ where: { id: outside.id } })).toMatchObject(outside);
    expect(await db.user.findUnique({ where: { id: inside.id } })).toBeNull();
  });

  test('a read during an open transaction neither waits nor sees what is not committed', async () => {
    const inside = person();
    const started = gate();
    const mayEnd = gate();
    const writing = db.$transaction(async (tx) => {
      await tx.user.create({ data: inside });
      started.open();
      await mayEnd.opened;
    });
    await started.opened;
    expect(await within(1000, db.user.findUnique({ where: { id: inside.id } }))).toBeNull();
    mayEnd.open();
    await writing;
    expect(await db.user.findUnique({ where: { id: inside.id } })).toMatchObject(inside);
  });

  test('read, add one, write: a hundred at once lose no step', async () => {
    const owner = await db.user.create({ data: person() });
    const row = await db.sandbox.create({
      data: {
        id: randomUUID(),
        userId: owner.id,
        lab: 'counter',
        labVersion: 1,
        engineVersion: '1',
        seed: '',
        log: '[]',
        revision: 0,
      },
    });
    const step = (): Promise<unknown> =>
      db.$transaction(
        async (tx) => {
          const { revision } = await tx.sandbox.findUniqueOrThrow({ where: { id: row.id } });
          await tx.sandbox.update({ where: { id: row.id }, data: { revision: revision + 1 } });
        },
        { maxWait: 15_000 },
      );
    await Promise.all(Array.from({ length: 100 }, step));
    expect((await db.sandbox.findUniqueOrThrow({ where: { id: row.id } })).revision).toBe(100);
  });

  test('waiters that give up leave the writer free', async () => {
    const started = gate();
    const mayEnd = gate();
    const long = db.$transaction(async () => {
      started.open();
      await mayEnd.opened;
    });
    await started.opened;
    const hasty = Array.from({ length: 20 }, () =>
      db.$transaction((tx) => tx.user.create({ data: person() }), { maxWait: 50 }),
    );
    const outcomes = await Promise.allSettled(hasty);
    expect(outcomes.every((outcome) => outcome.status === 'rejected')).toBe(true);
    mayEnd.open();
    await long;
    const after = person();
    expect(await within(3000, db.user.create({ data: after }))).toMatchObject(after);
  });

  test('a transaction that lasts too long is rolled back, and its later writes are refused', async () => {
    const [early, late] = [person(), person()];
    const slow = db.$transaction(
      async (tx) => {
        await tx.user.create({ data: early });
        await new Promise((resolve) => setTimeout(resolve, 300));
        await tx.user.create({ data: late });
      },
      { timeout: 100 },
    );
    await expect(slow).rejects.toThrow(/transaction/i);
    expect(await db.user.count({ where: { id: { in: [early.id, late.id] } } })).toBe(0);
    await db.user.create({ data: person() });
  });

  test('two processes on one file wait for each other', async () => {
    const other = open();
    const people = Array.from({ length: 40 }, person);
    await Promise.all(people.map((data, i) => (i % 2 ? db : other).user.create({ data })));
    const ids = people.map(({ id }) => id);
    expect(await db.user.count({ where: { id: { in: ids } } })).toBe(40);
    await other.$disconnect();
  });
});

describe('errors', () => {
  test('a second row under a unique key names the field (P2002)', async () => {
    const first = person();
    await db.user.create({ data: first });
    await expect(
      db.user.create({ data: { ...person(), email: first.email } }),
    ).rejects.toMatchObject({ code: 'P2002' });
  });

  test('a reference to nobody is refused (P2003)', async () => {
    const data = { id: randomUUID(), userId: 'nobody', lesson: 'l', status: 'done' };
    await expect(db.lessonProgress.create({ data })).rejects.toMatchObject({ code: 'P2003' });
  });

  test('a failed statement inside a transaction leaves the database usable', async () => {
    const first = await db.user.create({ data: person() });
    const doomed = db.$transaction([
      db.user.create({ data: person() }),
      db.user.create({ data: { ...person(), email: first.email } }),
    ]);
    await expect(doomed).rejects.toMatchObject({ code: 'P2002' });
    await db.user.create({ data: person() });
  });
});

describe('values', () => {
  test('dates, booleans, null, fractions and hostile text come back as they went in', async () => {
    const banExpires = new Date('2031-02-03T04:05:06.789Z');
    const name = `Robert'); DROP TABLE user;-- \u0000? $1 한글 🐳`;
    const created = await db.user.create({
      data: { ...person(), name, emailVerified: true, banExpires },
    });
    const read = await db.user.findUniqueOrThrow({ where: { id: created.id } });
    expect(read).toMatchObject({ name, emailVerified: true, banExpires, image: null });
    const grade = { lab: 'l', labVersion: 1, submissionId: 's', maxPoints: 3 };
    for (const [index, points] of [1, 2.5, 0].entries()) {
      await db.grade.create({
        data: { ...grade, id: randomUUID(), userId: read.id, lab: `l${index}`, points, score: 0 },
      });
    }
    const grades = await db.grade.findMany({ where: { userId: read.id }, orderBy: { lab: 'asc' } });
    expect(grades.map(({ points }) => points)).toEqual([1, 2.5, 0]);
  });
});
