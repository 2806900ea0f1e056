import { describe, expect, test } from 'vitest';
import { categoryOf, countsOf, type FidelityTool, filterTools } from './fidelity-filter';

const IP: FidelityTool = {
  name: 'ip',
  package: 'iproute2',
  version: '6.1.0',
  status: 'simulated',
  kinds: [
    { kind: 'link kind', names: { simulated: ['bridge', 'veth'], 'says so': ['bond'] } },
    { kind: 'option', names: { simulated: ['-br'], unknown: ['-echo'] } },
  ],
};
const SSH: FidelityTool = { name: 'ssh', package: '', version: '', status: 'says so', kinds: [] };
const ALL = { text: '', status: 'all', category: 'all' } as const;

test.each([
  ['link kind', 'type'],
  ['hashlimit option', 'option'],
  ['net.ipv4.conf.all', 'file'],
  ['/proc/net', 'file'],
  ['neigh state', 'other'],
] as const)('%s is of category %s', (kind, want) => {
  expect(categoryOf(kind)).toBe(want);
});

describe('filter', () => {
  test('nothing asked shows everything', () => {
    expect(filterTools([IP, SSH], ALL)).toEqual([IP, SSH]);
  });

  test('a word looks into names, kinds and tools', () => {
    expect(filterTools([IP, SSH], { ...ALL, text: 'bond' })).toEqual([
      { ...IP, kinds: [{ kind: 'link kind', names: { 'says so': ['bond'] } }] },
    ]);
    expect(filterTools([IP, SSH], { ...ALL, text: 'IP option' })[0]?.kinds).toEqual([IP.kinds[1]]);
    expect(filterTools([IP, SSH], { ...ALL, text: 'ssh' })).toEqual([SSH]);
  });

  test('a status and a category leave what has both', () => {
    expect(filterTools([IP, SSH], { ...ALL, status: 'unknown' })).toEqual([
      { ...IP, kinds: [{ kind: 'option', names: { unknown: ['-echo'] } }] },
    ]);
    expect(filterTools([IP, SSH], { ...ALL, status: 'unknown', category: 'type' })).toEqual([]);
    expect(filterTools([IP, SSH], { ...ALL, status: 'says so' }).map((tool) => tool.name)).toEqual([
      'ip',
      'ssh',
    ]);
  });

  test('counts are of all kinds together', () => {
    expect(countsOf(IP)).toEqual({ simulated: 3, 'says so': 1, unknown: 1, absent: 0 });
  });
});
