import { expect, test } from 'vitest';
import { IpSet, timeoutLeft } from './ip-set';
import { IP_SET_TYPES, type IpSetOptions } from './ip-set-type';
import { IpSets } from './ip-sets';

const OPTIONS: IpSetOptions = {
  family: 4,
  hashsize: 1024,
  maxelem: 4,
  bucketsize: 12,
  initval: 0,
  netmask: undefined,
  range: undefined,
  size: undefined,
  timeout: undefined,
  counters: false,
  comment: false,
  skbinfo: false,
  forceadd: false,
};

function make(name: string, options: Partial<IpSetOptions> = {}): IpSet {
  const type = IP_SET_TYPES.find((one) => one.name === name);
  if (!type) throw new Error(name);
  return new IpSet('s', type, { ...OPTIONS, ...options });
}

const NOW = { nowUs: 0, exist: false };
const errorOf = (result: { ok: boolean; error?: string }): string | undefined => result.error;

test('an address is added once, and the table has its bound', () => {
  const set = make('hash:ip');
  for (const ip of [1, 2, 3, 4]) expect(set.add({ ip }, {}, NOW).ok).toBe(true);
  expect(errorOf({ ...set.add({ ip: 1 }, {}, NOW) })).toBe('EXIST');
  expect(set.add({ ip: 1 }, {}, { nowUs: 0, exist: true }).ok).toBe(true);
  expect(errorOf({ ...set.add({ ip: 5 }, {}, NOW) })).toBe('HASH_FULL');
  expect(errorOf({ ...set.del({ ip: 9 }, 0) })).toBe('NOT_ADDED');
});

test('the longest network that holds an address decides', () => {
  const set = make('hash:net');
  set.add({ ip: 0x0a000000, prefixLen: 8 }, {}, NOW);
  set.add({ ip: 0x0a020000, prefixLen: 16 }, { nomatch: true }, NOW);
  expect(set.find({ ip: 0x0a010101, prefixLen: 32 }, 0)?.nomatch).toBe(false);
  expect(set.find({ ip: 0x0a020304, prefixLen: 32 }, 0)?.nomatch).toBe(true);
  expect(set.find({ ip: 0x0b000001, prefixLen: 32 }, 0)).toBeUndefined();
});

test('an element goes when its time is over', () => {
  const set = make('hash:ip', { timeout: 5 });
  set.add({ ip: 1 }, {}, NOW);
  set.add({ ip: 2 }, { timeout: 0 }, NOW);
  const [first] = set.entries(1);
  expect(first && timeoutLeft(first, 1)).toBe(4);
  expect(set.entries(5_000_000).map(({ element }) => element.ip)).toEqual([2]);
});

test('a bitmap keeps to its range', () => {
  const set = make('bitmap:port', { range: { min: 80, max: 90 } });
  expect(set.add({ port: 85 }, {}, NOW).ok).toBe(true);
  expect(errorOf({ ...set.add({ port: 99 }, {}, NOW) })).toBe('BITMAP_RANGE');
});

test('a list holds its sets', () => {
  const sets = new IpSets();
  sets.create('a', 'hash:ip', OPTIONS, false);
  sets.create('l', 'list:set', { ...OPTIONS, family: undefined, size: 8 }, false);
  const list = sets.get('l');
  if (!list) throw new Error('l');
  expect(sets.add(list, { set: 'a' }, {}, NOW).ok).toBe(true);
  expect(errorOf({ ...sets.destroy('a') })).toBe('BUSY');
  expect(errorOf({ ...sets.add(list, { set: 'l' }, {}, NOW) })).toBe('LOOP');
  expect(sets.destroy('l').ok).toBe(true);
  expect(sets.destroy('a').ok).toBe(true);
});
