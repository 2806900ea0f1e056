import { randomBytes, randomUUID } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import { openClient } from '../app/_server/db';

interface Person {
  readonly email: string;
  readonly name: string;
  readonly role: 'learner' | 'instructor';
}

const INSTRUCTOR: Person = {
  email: 'instructor@example.org',
  name: 'Demo instructor',
  role: 'instructor',
};
const LEARNERS: readonly Person[] = Array.from({ length: 5 }, (_, index) => ({
  email: `learner${index + 1}@example.org`,
  name: `Demo learner ${index + 1}`,
  role: 'learner',
}));
const CLASS = { id: 'demo', name: 'Demo class', joinCode: 'demo-class' };
const PASSWORD_BYTES = 9;

type Db = ReturnType<typeof openClient>;

/** Makes the account of a person unless there is one; the password when it was made now. */
async function account(db: Db, person: Person, given: string | undefined): Promise<Made> {
  const known = await db.user.findUnique({ where: { email: person.email } });
  if (known) return { id: known.id, password: null };
  const password = given ?? randomBytes(PASSWORD_BYTES).toString('base64url');
  const id = randomUUID();
  const hashed = await hashPassword(password);
  const credential = {
    id: randomUUID(),
    accountId: id,
    providerId: 'credential',
    password: hashed,
  };
  await db.user.create({ data: { id, ...person, accounts: { create: credential } } });
  return { id, password };
}

interface Made {
  readonly id: string;
  readonly password: string | null;
}

/** An instructor and a class with five learners; what is there already stays as it is. */
export async function seed(password?: string): Promise<void> {
  const db = openClient();
  try {
    const owner = await account(db, INSTRUCTOR, password);
    await db.class.upsert({
      where: { id: CLASS.id },
      create: { ...CLASS, ownerId: owner.id },
      update: {},
    });
    report(INSTRUCTOR, owner);
    for (const learner of LEARNERS) {
      const made = await account(db, learner, password);
      const enrollment = { classId: CLASS.id, userId: made.id };
      await db.enrollment.upsert({
        where: { classId_userId: enrollment },
        create: { id: randomUUID(), ...enrollment },
        update: {},
      });
      report(learner, made);
    }
  } finally {
    await db.$disconnect();
  }
}

function report({ email, role }: Person, { password }: Made): void {
  const told = password ?? '(already there, password unchanged)';
  console.log(`${role.padEnd(10)}  ${email.padEnd(24)}  ${told}`);
}
