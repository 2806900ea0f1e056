/**
 * Seeded random numbers in named streams, so that a new consumer does not shift another's numbers.
 * Generator: mulberry32; stream seeds: FNV-1a of `seed/name`. Not for cryptography.
 */
export class Prng {
  #state: number;

  constructor(seed: string) {
    this.#state = fnv1a(seed);
  }

  /** An unsigned 32-bit integer. */
  u32(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  }

  /** An integer in [0, bound); bound at most 2^32. */
  below(bound: number): number {
    return Math.floor((this.u32() / 0x1_0000_0000) * bound);
  }

  /** A number in [0, 1). */
  float(): number {
    return this.u32() / 0x1_0000_0000;
  }

  get state(): number {
    return this.#state >>> 0;
  }
}

/** All streams of one world. */
export class Randomness {
  readonly #streams = new Map<string, Prng>();

  constructor(readonly seed: string) {}

  stream(name: string): Prng {
    const known = this.#streams.get(name);
    if (known) return known;
    const made = new Prng(`${this.seed}/${name}`);
    this.#streams.set(name, made);
    return made;
  }
}

/** FNV-1a, 32 bit, over UTF-16 code units. */
export function fnv1a(text: string, start = 0x811c9dc5): number {
  let hash = start;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
