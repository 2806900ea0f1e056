import { describe, expect, test } from 'vitest';
import type { Grade } from '../grade';
import { writeResults } from './writers';

const graded: Grade = {
  kind: 'graded',
  points: 1,
  maxPoints: 3,
  passed: false,
  labVersion: 2,
  engineVersion: '1',
  seed: 's',
  durationUs: 5,
  checks: [
    {
      taskId: 'attach',
      checkId: 'has-link',
      verdict: 'pass',
      points: 1,
      maxPoints: 1,
      visibility: 'visible',
      explanation: null,
      packetId: null,
      events: [],
    },
    {
      taskId: 'attach',
      checkId: 'reaches',
      verdict: 'fail',
      points: 0,
      maxPoints: 2,
      visibility: 'hidden',
      explanation: { en: 'dropped <here> & "there"\u0000', ko: '버려졌어요' },
      packetId: 7,
      events: [],
    },
  ],
};
const stopped: Grade = { kind: 'stopped', reason: { en: 'stopped: more than 5 events', ko: '5' } };
const results = [
  { lab: 'a-bridge', name: 'kim.json', grade: graded },
  { lab: 'a-bridge', name: 'loop.sh', grade: stopped },
];

describe('result files', () => {
  test('JSON holds verdicts without the trace', () => {
    const [first, second] = JSON.parse(writeResults('json', results)).results;
    expect(first).toMatchObject({ name: 'kim.json', points: 1, maxPoints: 3 });
    expect(first.checks[1]).not.toHaveProperty('events');
    expect(second).toMatchObject({
      kind: 'stopped',
      reason: { en: 'stopped: more than 5 events' },
    });
  });

  test('JUnit XML escapes what learners and traces say', () => {
    const text = writeResults('junit', results);
    expect(text).toContain('<testcase classname="a-bridge.attach" name="has-link"/>');
    expect(text).toContain('dropped &#60;here&#62; &#38; &#34;there&#34;\ufffd');
    expect(text).toContain('errors="1"');
  });

  test('TAP counts a line a check', () => {
    const lines = writeResults('tap', results).trim().split('\n');
    expect(lines.slice(0, 2)).toEqual(['TAP version 13', '1..3']);
    expect(lines[2]).toBe('ok 1 - kim.json attach/has-link');
    expect(lines[4]).toMatch(/^not ok 3 - loop\.sh: stopped/);
  });

  test('Gradescope keeps hidden checks hidden', () => {
    const text = JSON.parse(writeResults('gradescope', results));
    expect(text.score).toBe(1);
    expect(text.tests[1]).toMatchObject({ visibility: 'hidden', status: 'failed', max_score: 2 });
  });
});
