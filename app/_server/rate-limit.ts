/** At most `max` in each window of `windowMs`. */
export interface Limit {
  readonly name: string;
  readonly max: number;
  readonly windowMs: number;
}

export type LimitVerdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'wait'; readonly retryAfterSeconds: number };

/** Windows held at once; beyond it the oldest are forgotten, so that memory stays bounded. */
const MAX_WINDOWS = 50_000;

interface Window {
  count: number;
  readonly endsAt: number;
}

/** Fixed windows, counted in this process (each of several site processes counts for itself). */
export class RateLimiter {
  readonly #windows = new Map<string, Window>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  take(limit: Limit, who: string): LimitVerdict {
    const key = `${limit.name} ${who}`;
    const now = this.#now();
    const known = this.#windows.get(key);
    if (!known || known.endsAt <= now) {
      this.#windows.delete(key);
      this.#windows.set(key, { count: 1, endsAt: now + limit.windowMs });
      this.#forgetOldest();
      return { kind: 'pass' };
    }
    if (known.count >= limit.max) {
      return { kind: 'wait', retryAfterSeconds: Math.ceil((known.endsAt - now) / 1000) };
    }
    known.count += 1;
    return { kind: 'pass' };
  }

  #forgetOldest(): void {
    for (const key of this.#windows.keys()) {
      if (this.#windows.size <= MAX_WINDOWS) return;
      this.#windows.delete(key);
    }
  }
}

const MINUTE_MS = 60_000;

/** By e-mail address: many learners of a class share one network address. */
export const SIGN_IN_LIMIT: Limit = { name: 'sign-in', max: 20, windowMs: 15 * MINUTE_MS };
/** By network address: a whole class may sign up within a minute. */
export const SIGN_UP_LIMIT: Limit = { name: 'sign-up', max: 120, windowMs: 10 * MINUTE_MS };
/** By account. */
export const SUBMISSION_LIMIT: Limit = { name: 'submission', max: 20, windowMs: MINUTE_MS };
export const API_LIMIT: Limit = { name: 'api', max: 600, windowMs: MINUTE_MS };

declare global {
  var hopwiseRateLimiter: RateLimiter | undefined;
}

globalThis.hopwiseRateLimiter ??= new RateLimiter();
export const rateLimiter: RateLimiter = globalThis.hopwiseRateLimiter;
