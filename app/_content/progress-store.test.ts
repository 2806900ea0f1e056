import { expect, test } from 'vitest';
import {
  mergeAccount,
  NO_PROGRESS,
  readProgress,
  withAnswer,
  withLab,
  withLesson,
} from './progress-store';

test('what cannot be read counts as no progress', () => {
  expect(readProgress(null)).toEqual(NO_PROGRESS);
  expect(readProgress('{')).toEqual(NO_PROGRESS);
  expect(readProgress('{"lessons":{"a":"finished"}}')).toEqual(NO_PROGRESS);
  expect(readProgress('{"lessons":{"a":"done"}}').lessons).toEqual({ a: 'done' });
});

test('done stays done, passed stays passed, the first answer stays', () => {
  const done = withLesson(withLesson(NO_PROGRESS, 'a', 'done'), 'a', 'started');
  expect(done.lessons).toEqual({ a: 'done' });
  expect(withLab(withLab(done, 'l', 'passed'), 'l', 'started').labs).toEqual({ l: 'passed' });
  const first = withAnswer(done, 'a#q', { answer: 'x', correct: false });
  expect(withAnswer(first, 'a#q', { answer: 'y', correct: true }).answers['a#q']?.answer).toBe('x');
});

test('the account is laid over what the browser had', () => {
  const local = withLesson(NO_PROGRESS, 'a', 'started');
  const merged = mergeAccount(local, {
    lessons: [{ lesson: 'a', status: 'done' }],
    quiz: [{ lesson: 'a', question: 'q', answer: 'x', correct: true }],
    sandboxes: [{ lab: 'one' }],
    grades: [{ lab: 'two', score: 1, passed: true }],
  });
  expect(merged.lessons).toEqual({ a: 'done' });
  expect(merged.answers).toEqual({ 'a#q': { answer: 'x', correct: true } });
  expect(merged.labs).toEqual({ one: 'started', two: 'passed' });
});
