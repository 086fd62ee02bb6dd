/** Lengths are rounded up to a multiple of this, so that excerpts at 44.1 and at 48 kHz use the same memory. */
const STEP = 2 ** 14;

/**
 * Memory for samples that is used again. A song's samples in new memory make the collector of garbage look through all
 * objects several times a song, on other cores beside the work, and the system clear pages: about a tenth of the processor
 * time of a master, and more of what a second thread could add. A thread takes a mark, masters one song, and releases the
 * mark. There is never more memory than was in use at once.
 */
export class SampleMemory {
  /** In the order that they were taken in. */
  readonly #taken: Float32Array[] = [];
  #idle: Float32Array[] = [];
  readonly #make: (length: number) => Float32Array;

  /** @param make gives so many samples in new memory */
  constructor(make = (length: number): Float32Array => new Float32Array(length)) {
    this.#make = make;
  }

  /** How much is in use, for `release`. */
  mark(): number {
    return this.#taken.length;
  }

  /** Takes back everything taken since `mark`: it must not be used any more. */
  release(mark: number): void {
    this.#idle.push(...this.#taken.splice(mark));
  }

  /** @returns so many samples; what is in them is left from before */
  take(length: number): Float32Array {
    const found = this.#smallestFor(length) ?? this.#anew(STEP * Math.ceil(length / STEP));
    this.#taken.push(found);
    return found.subarray(0, length);
  }

  #smallestFor(length: number): Float32Array | undefined {
    let best = -1;
    this.#idle.forEach((samples, i) => {
      if (samples.length >= length && (best < 0 || samples.length < this.#idle[best]!.length)) best = i;
    });
    return best < 0 ? undefined : this.#idle.splice(best, 1)[0];
  }

  /** What is idle and too small makes room. */
  #anew(length: number): Float32Array {
    for (let freed = 0; freed < length && this.#idle.length > 0; ) freed += this.#idle.pop()!.length;
    return this.#make(length);
  }
}
