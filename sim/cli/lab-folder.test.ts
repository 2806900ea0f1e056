import { describe, expect, test } from 'vitest';
import { labSchema } from '../lab/lab-schema';
import { parseYaml, problemText } from './lab-folder';

const LAB = `schema: 1
id: 7c0f5e0a-6f3e-4f7e-9a55-0d7a2b6a1c11
version: 1
status: active
title: {en: A bridge, ko: 브리지}
skills: [linux.bridge]
level: 2
minutes: 15
world: one-linux-node
tasks:
  - id: attach
    points: 2
    title: {en: Attach, ko: 연결}
    checks:
      - id: red-has-link
        assert: reach
        from: node01/red
        to: {ip: 10.0.0.2, icmp: true}
`;

describe('lab.yaml', () => {
  test('a good one is taken, with defaults filled in', () => {
    const parsed = parseYaml('lab.yaml', LAB, labSchema);
    expect(parsed).toMatchObject({ ok: true, value: { grading: { pass: 0.8 }, variants: {} } });
  });

  test.each([
    ['level: 2', 'level: 9', 'lab.yaml:7: level: '],
    ['assert: reach', 'assert: reached', 'lab.yaml:16: tasks.0.checks.0.assert: '],
    [
      'from: node01/red',
      'from: "node 1"',
      'lab.yaml:17: tasks.0.checks.0.from: HOST or HOST/NETNS',
    ],
    [
      'assert: reach\n        from: node01/red\n        to: {ip: 10.0.0.2, icmp: true}',
      'assert: command\n        on: node01\n        run: ip link\n        stdout: "a(b"',
      'tasks.0.checks.0.stdout: not a regular expression',
    ],
    ['ko: 브리지}', 'ko: 브리지', 'lab.yaml:'],
    ['minutes: 15', 'minutes: 15\nminuts: 3', 'lab.yaml:1: Unrecognized key'],
  ])('%s -> %s is named with its line', (from, to, want) => {
    const parsed = parseYaml('lab.yaml', LAB.replace(from, to), labSchema);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.error.map(problemText).join('\n')).toContain(want);
  });
});
