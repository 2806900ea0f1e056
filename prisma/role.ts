import { randomUUID } from 'node:crypto';
import { openClient } from '../app/_server/db';

/** Gives an account a role and notes it in the audit log; the role before, null without such an account. */
export async function setRole(email: string, role: string): Promise<string | null> {
  const db = openClient();
  try {
    return await db.$transaction(async (tx) => {
      const user = await tx.user.findUnique({ where: { email: email.toLowerCase() } });
      if (!user) return null;
      const before = user.role ?? 'learner';
      await tx.user.update({ where: { id: user.id }, data: { role } });
      await tx.auditLog.create({
        data: { id: randomUUID(), action: 'role', subject: user.id, before, after: role },
      });
      return before;
    });
  } finally {
    await db.$disconnect();
  }
}
