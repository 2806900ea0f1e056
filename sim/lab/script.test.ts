import { describe, expect, test } from 'vitest';
import { answersIn, fillScript, sectionsOf } from './script';

describe('scripts', () => {
  test('lines go to the host that the comment before them names', () => {
    const text = 'ip link\n# on: node02\nip addr\n# a comment\n# on: node01\n# nothing\n';
    expect(sectionsOf(text, 'node01')).toEqual([
      { host: 'node01', text: 'ip link' },
      { host: 'node02', text: 'ip addr\n# a comment' },
    ]);
  });

  test('answers stand in comments', () => {
    expect([...answersIn('# answer: predict-ttl 64\nls\n#answer: who node 2 ')]).toEqual([
      ['predict-ttl', '64'],
      ['who', 'node 2'],
    ]);
  });

  test.each([
    ['ping ${subnet.host(2)}', 'ping 10.0.0.2'],
    ['echo ${subnet}', 'echo 10.0.0.0/24'],
    ['subnet=mine; echo ${subnet}', 'subnet=mine; echo ${subnet}'],
    ['for subnet in a b; do echo ${subnet}; done', 'for subnet in a b; do echo ${subnet}; done'],
  ])('%s', (text, want) => {
    expect(fillScript(text, { subnet: '10.0.0.0/24' })).toEqual({ ok: true, value: want });
  });
});
