import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkNode, siteEnvironment } from './bootstrap.mjs';
import { findChromium } from './chromium.mjs';
import { databaseOf } from './data-dir.mjs';
import { installHint, inWords, Problem } from './problem.mjs';

let dir;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'hopwise-bootstrap-'));
});
afterEach(() => {
  chmodSync(dir, 0o700);
  rmSync(dir, { recursive: true, force: true });
});

test.each(['18.19.0', '20.18.3'])('Node %s is refused with the wanted version', (version) => {
  expect(() => checkNode(version)).toThrow(/needs Node\.js 20\.19 or newer/);
});

test.each(['20.19.0', '22.1.0', '24.0.0'])('Node %s is taken', (version) => {
  expect(() => checkNode(version)).not.toThrow();
});

describe('the environment of the site', () => {
  test('has a secret that is made once and read by its owner only', () => {
    const first = siteEnvironment({ HOPWISE_DATA: dir });
    expect(first.BETTER_AUTH_SECRET).toMatch(/^[0-9a-f]{64}$/);
    expect(siteEnvironment({ HOPWISE_DATA: dir }).BETTER_AUTH_SECRET).toBe(
      first.BETTER_AUTH_SECRET,
    );
    expect(statSync(join(dir, 'secret')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(dir, 'secret'), 'utf8').trim()).toBe(first.BETTER_AUTH_SECRET);
  });

  test('a data folder that is a file is told in words', () => {
    writeFileSync(join(dir, 'file'), '');
    const make = () => siteEnvironment({ HOPWISE_DATA: join(dir, 'file') });
    expect(make).toThrow(Problem);
    expect(make).toThrow(/is not a folder/);
  });

  test('a path through a file is told in words', () => {
    writeFileSync(join(dir, 'file'), '');
    expect(() => siteEnvironment({ HOPWISE_DATA: join(dir, 'file', 'x') })).toThrow(
      /is not a folder/,
    );
  });

  test('a folder of its own is made', () => {
    mkdirSync(join(dir, 'a'));
    const { DATABASE_URL } = siteEnvironment({ HOPWISE_DATA: join(dir, 'a', 'b', 'c') });
    expect(DATABASE_URL).toBe(`file:${join(dir, 'a', 'b', 'c', 'hopwise.db')}`);
  });
});

test.each([
  ['ENOSPC', /disk is full/],
  ['EROFS', /read-only disk/],
  ['EACCES', /No permission/],
  ['EDQUOT', /quota/],
])('%s is told in words', (code, want) => {
  expect(inWords(Object.assign(new Error('x'), { code }), '/some/path').message).toMatch(want);
});

test.each([
  ['gyp ERR! find Python', /python3, make and a C\+\+ compiler/],
  ['npm error code ENOSPC', /disk is full/],
  ['npm error code ENOTFOUND', /registry could not be reached/],
])('an installation that ends in "%s" gets its hint', (output, want) => {
  expect(installHint(output)).toMatch(want);
});

test('DATABASE_URL: PostgreSQL, a file, or refused; its password is not shown', () => {
  const url = 'postgres://hop:secret@db.example/hop';
  expect(databaseOf({ DATABASE_URL: url })).toEqual({
    provider: 'postgresql',
    url,
    label: 'postgres://…@db.example/hop',
  });
  expect(databaseOf({ DATABASE_URL: 'file:/x/y.db' })).toMatchObject({ path: '/x/y.db' });
  expect(() => databaseOf({ DATABASE_URL: 'mysql://x' })).toThrow(/must start with postgres/);
});

test('CHROMIUM_PATH wins, and one that is not there finds nothing', () => {
  const only = (path) => (asked) => asked === path;
  expect(findChromium({ CHROMIUM_PATH: '/a' }, '', only('/a'))).toBe('/a');
  expect(findChromium({ CHROMIUM_PATH: '/b' }, '', only('/usr/bin/chromium'))).toBeUndefined();
  expect(findChromium({}, '/own', only('/own'))).toBe('/own');
  expect(findChromium({}, '', () => false)).toBeUndefined();
});
