import 'server-only';
import { randomUUID } from 'node:crypto';
import { verifyPassword } from 'better-auth/crypto';
import { z } from 'zod';
import { db } from './db';
import { inTransaction } from './transaction';

export const eraseBody = z.object({ password: z.string().max(128) });

/** Everything that is stored about a person, but for secrets. */
export async function exportAccount(userId: string): Promise<unknown> {
  return db.user.findUnique({
    where: { id: userId },
    select: {
      name: true,
      email: true,
      role: true,
      createdAt: true,
      classesOwned: { select: { name: true, createdAt: true } },
      enrollments: { select: { createdAt: true, class: { select: { name: true } } } },
      lessonProgress: { select: { lesson: true, status: true, updatedAt: true } },
      quizAnswers: true,
      sandboxes: true,
      submissions: { include: { checks: { where: { visibility: 'visible' } } } },
      grades: true,
    },
  });
}

/** Whether this is the account's password. */
export async function isPassword(userId: string, password: string): Promise<boolean> {
  const where = { userId, providerId: 'credential' };
  const account = await db.account.findFirst({ where, select: { password: true } });
  if (!account?.password) return false;
  return verifyPassword({ hash: account.password, password });
}

/** Removes the person with all work, grades, sessions, and the classes that they own. */
export async function eraseAccount(userId: string): Promise<void> {
  await inTransaction(async (tx) => {
    await tx.class.deleteMany({ where: { ownerId: userId } });
    await tx.user.delete({ where: { id: userId } });
    await tx.auditLog.create({
      data: { id: randomUUID(), action: 'account.erase', subject: userId },
    });
  });
}
