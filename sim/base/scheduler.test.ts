import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Scheduler } from './scheduler';

const drain = (scheduler: Scheduler): void => {
  while (scheduler.step());
};

describe('Scheduler', () => {
  test('events run in order of time, then of insertion, whatever way they were queued', () => {
    const event = fc.record({ delay: fc.integer({ min: 0, max: 3 }), follow: fc.boolean() });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const scheduler = new Scheduler();
        const ran: number[] = [];
        for (const [i, { delay, follow }] of events.entries()) {
          const note = (): void => void ran.push(i);
          if (follow) scheduler.follow(delay, note);
          else scheduler.after(delay, note);
        }
        drain(scheduler);
        const want = events.map((_, i) => i);
        want.sort((a, b) => (events[a]?.delay ?? 0) - (events[b]?.delay ?? 0) || a - b);
        expect(ran).toEqual(want);
        expect(scheduler.events).toBe(events.length);
      }),
      { numRuns: 200 },
    );
  });

  test('a cancelled event does not run, and does not count', () => {
    const scheduler = new Scheduler();
    const ran: string[] = [];
    scheduler.after(1, () => ran.push('a'));
    scheduler.after(2, () => ran.push('b')).cancel();
    scheduler.after(3, () => ran.push('c'));
    expect(scheduler.pending).toBe(2);
    drain(scheduler);
    expect(ran).toEqual(['a', 'c']);
    expect(scheduler.events).toBe(2);
  });

  test('what a followed event queues for now comes after those that follow it', () => {
    const scheduler = new Scheduler();
    const ran: string[] = [];
    scheduler.follow(1, () => {
      ran.push('a');
      scheduler.follow(0, () => ran.push('later'));
    });
    scheduler.follow(1, () => ran.push('b'));
    drain(scheduler);
    expect(ran).toEqual(['a', 'b', 'later']);
  });
});
