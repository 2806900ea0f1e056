// `npm run role -- EMAIL learner|instructor|admin`: changes what an account may do.
import { Problem, runMain } from './problem.mjs';
import { siteScript } from './site-script.mjs';

const ROLES = ['learner', 'instructor', 'admin'];

await runMain(async () => {
  const [email = '', role = ''] = process.argv.slice(2);
  if (!email.includes('@') || !ROLES.includes(role)) {
    throw new Problem(`usage: npm run role -- EMAIL ${ROLES.join('|')}`);
  }
  const { setRole } = await siteScript('prisma/role.ts');
  const before = await setRole(email, role);
  if (before === null) throw new Problem(`There is no account ${email}.`);
  console.log(`${email}: ${before} -> ${role}`);
});
