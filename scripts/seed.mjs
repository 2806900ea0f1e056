// `npm run seed`: an instructor and a demo class. Prints the passwords that it made; run it again, and it
// changes nothing. `-- --password TEXT` gives all new accounts this one instead.
import { pathToFileURL } from 'node:url';
import { checkNode, generate, install, migrateDatabase, siteEnvironment } from './bootstrap.mjs';
import { bundleEntry } from './bundle.mjs';
import { Problem, runMain } from './problem.mjs';

function passwordOf(argv) {
  const at = argv.indexOf('--password');
  if (at < 0) return undefined;
  const password = argv[at + 1] ?? '';
  if (password.length < 8) throw new Problem('--password needs at least 8 characters.');
  return password;
}

await runMain(async () => {
  checkNode();
  const password = passwordOf(process.argv.slice(2));
  const env = siteEnvironment();
  await install();
  await generate();
  await migrateDatabase(env);
  Object.assign(process.env, env);
  const { seed } = await import(pathToFileURL(await bundleEntry('prisma/seed.ts')).href);
  await seed(password);
});
