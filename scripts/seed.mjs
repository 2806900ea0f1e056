// `npm run seed`: an instructor and a demo class. Prints the passwords that it made; run it again, and it
// changes nothing. `-- --password TEXT` gives all new accounts this one instead.
import { Problem, runMain } from './problem.mjs';
import { siteScript } from './site-script.mjs';

function passwordOf(argv) {
  const at = argv.indexOf('--password');
  if (at < 0) return undefined;
  const password = argv[at + 1] ?? '';
  if (password.length < 8) throw new Problem('--password needs at least 8 characters.');
  return password;
}

await runMain(async () => {
  const password = passwordOf(process.argv.slice(2));
  const { seed } = await siteScript('prisma/seed.ts');
  await seed(password);
});
