import { expect, test } from 'vitest';
import { type Limit, RateLimiter } from './rate-limit';

const limit: Limit = { name: 'x', max: 2, windowMs: 10_000 };

test('the third in a window waits for its end, another person does not', () => {
  let now = 0;
  const limiter = new RateLimiter(() => now);
  expect(limiter.take(limit, 'a')).toEqual({ kind: 'pass' });
  expect(limiter.take(limit, 'a')).toEqual({ kind: 'pass' });
  now = 4_000;
  expect(limiter.take(limit, 'a')).toEqual({ kind: 'wait', retryAfterSeconds: 6 });
  expect(limiter.take(limit, 'b')).toEqual({ kind: 'pass' });
  now = 10_000;
  expect(limiter.take(limit, 'a')).toEqual({ kind: 'pass' });
});

test('limits of different names count apart', () => {
  const limiter = new RateLimiter(() => 0);
  limiter.take(limit, 'a');
  limiter.take(limit, 'a');
  expect(limiter.take({ ...limit, name: 'y' }, 'a')).toEqual({ kind: 'pass' });
});
