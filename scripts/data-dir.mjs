// Where the data lives: HOPWISE_DATA (default `data/`), and in it the database, unless DATABASE_URL names one.
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem } from './problem.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

export const dataDirOf = (env) => resolve(ROOT, env.HOPWISE_DATA || 'data');

/** The database that the environment names: `postgres://…`, `file:…`, or hopwise.db in the data folder. */
export function databaseOf(env) {
  const url = env.DATABASE_URL ?? '';
  if (/^postgres(ql)?:\/\//.test(url)) {
    return { provider: 'postgresql', url, label: url.replace(/\/\/[^@/]*@/, '//…@') };
  }
  if (url !== '' && !url.startsWith('file:')) {
    throw new Problem('DATABASE_URL must start with postgres:// or file:');
  }
  const path = url === '' ? join(dataDirOf(env), 'hopwise.db') : resolve(ROOT, url.slice(5));
  return { provider: 'sqlite', path, label: path };
}

/** The secret that signs sessions: BETTER_AUTH_SECRET, or one that is made once in the data folder. */
export function secretOf(env) {
  if (env.BETTER_AUTH_SECRET) return env.BETTER_AUTH_SECRET;
  const file = join(dataDirOf(env), 'secret');
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { flag: 'wx', mode: 0o600 });
    chmodSync(file, 0o600);
  }
  return readFileSync(file, 'utf8').trim();
}
