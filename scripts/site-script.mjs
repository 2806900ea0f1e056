// Runs a TypeScript script of prisma/ against the site's database: everything that it needs is made first.
import { pathToFileURL } from 'node:url';
import { checkNode, generate, install, migrateDatabase, siteEnvironment } from './bootstrap.mjs';
import { bundleEntry } from './bundle.mjs';

/** The exports of `entry`, with the environment naming the site's database. */
export async function siteScript(entry) {
  checkNode();
  const env = siteEnvironment();
  await install();
  await generate();
  await migrateDatabase(env);
  Object.assign(process.env, env);
  return import(pathToFileURL(await bundleEntry(entry)).href);
}
