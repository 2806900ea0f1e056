import type { HostRequest } from '../linux/host';
import type { RunState, World } from '../linux/world';

/**
 * Something that runs a world and now and then needs an answer from outside (the `host` wait): it yields the
 * requests and goes on when each was settled. `sim` stays free of promises; drivers may use them.
 */
export type Driven<T> = Generator<readonly HostRequest[], T, void>;

/** Runs to a time, passing `host` waits on. */
export function* advance(world: World, untilUs: number): Driven<RunState> {
  for (;;) {
    const state = world.runUntil(untilUs);
    if (state.kind !== 'host') return state;
    yield world.takeRequests();
  }
}

/** Runs while `busy`, at most until `untilUs`. */
export function* advanceWhile(
  world: World,
  busy: () => boolean,
  untilUs = Number.POSITIVE_INFINITY,
): Driven<RunState> {
  for (;;) {
    const state = world.runWhile(busy, untilUs);
    if (state.kind !== 'host') return state;
    yield world.takeRequests();
  }
}

/** Exactly as many events as were executed when the log was written, then the clock to its time. */
export function* advanceToEvent(world: World, events: number, atUs: number): Driven<RunState> {
  const scheduler = world.scheduler;
  const state = yield* advanceWhile(world, () => scheduler.events < events, atUs);
  if (state.kind !== 'stopped') scheduler.advanceTo(atUs);
  return state;
}

/** For what never asks anything outside: an error if it does. */
export function driveAlone<T>(driven: Driven<T>): T {
  const step = driven.next();
  if (!step.done) throw new Error('a host service was needed where none is offered');
  return step.value;
}
