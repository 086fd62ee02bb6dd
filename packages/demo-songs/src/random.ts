/** One step of xoshiro128** 1.1 on its four words: the next 32-bit number. */
export function advance(state: Uint32Array): number {
  const x = Math.imul(state[1]!, 5);
  const result = Math.imul((x << 7) | (x >>> 25), 9) >>> 0;
  const t = state[1]! << 9;
  state[2]! ^= state[0]!;
  state[3]! ^= state[1]!;
  state[1]! ^= state[2]!;
  state[0]! ^= state[3]!;
  state[2]! ^= t;
  state[3] = (state[3]! << 11) | (state[3]! >>> 21);
  return result;
}

/**
 * Seeded generator of everything that is left to chance in a song: xoshiro128** 1.1.
 * `fork` gives an independent stream by name, so that a change to the drums never changes the melody.
 * Source: Blackman & Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021 (public domain);
 * its state is filled by SplitMix32's finaliser, the streams are named by FNV-1a.
 */
export class Random {
  readonly #seed: number;
  readonly #state: Uint32Array;

  /** @param seed any 32-bit whole number */
  constructor(seed: number) {
    this.#seed = seed >>> 0;
    this.#state = new Uint32Array(4);
    let z = this.#seed;
    for (let i = 0; i < 4; i++) {
      z = (z + 0x9e3779b9) >>> 0;
      let x = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
      x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
      this.#state[i] = x ^ (x >>> 16);
    }
  }

  /** An independent stream; the same name always gives the same stream, whatever was drawn before. */
  fork(name: string): Random {
    let hash = 0x811c9dc5 ^ this.#seed;
    for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
    return new Random(hash);
  }

  /** Uniform in [0, 1). */
  next(): number {
    return advance(this.#state) / 0x1_0000_0000;
  }

  /** Uniform in [minimum, maximum). */
  between(minimum: number, maximum: number): number {
    return minimum + (maximum - minimum) * this.next();
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of the items, each as likely; the list must not be empty. */
  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)]!;
  }

  /** Fills with white noise, uniform in [-1, 1): the same numbers as from `next`, faster. */
  fillNoise(samples: Float32Array): void {
    let [a, b, c, d] = this.#state as unknown as [number, number, number, number];
    for (let i = 0; i < samples.length; i++) {
      const x = Math.imul(b, 5);
      samples[i] = Math.imul((x << 7) | (x >>> 25), 9) / 0x8000_0000;
      const t = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= t;
      d = (d << 11) | (d >>> 21);
    }
    this.#state.set([a, b, c, d]);
  }
}
