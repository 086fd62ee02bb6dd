const NOTHING = new Float32Array(0);

/** Rows of floats that are appended block by block; memory doubles, so that appending costs constant time a value. */
export class GrowingRows {
  readonly #usual: number;
  #values = NOTHING;
  #length = 0;

  /**
   * @param usual values there is room for at once. Ample room costs nothing: memory is touched when it is filled, and what
   * grows is touched twice
   */
  constructor(usual: number) {
    this.#usual = usual;
  }

  /** How many values there are. */
  get length(): number {
    return this.#length;
  }

  append(values: Float32Array): void {
    const length = this.#length + values.length;
    if (length > this.#values.length) {
      const larger = new Float32Array(Math.max(length, this.#values.length * 2, this.#usual));
      larger.set(this.#values.subarray(0, this.#length));
      this.#values = larger;
    }
    this.#values.set(values, this.#length);
    this.#length = length;
  }

  /** Hands over what was appended and starts anew. */
  take(): Float32Array<ArrayBuffer> {
    return this.cut(this.#length, this.#length);
  }

  /**
   * Hands over the first values and goes on with those from some place on, which may be among them. What is handed over
   * is not copied: a copy would double the memory of a long sound.
   */
  cut(count: number, from: number): Float32Array<ArrayBuffer> {
    const taken = this.#values.subarray(0, count);
    const kept = this.#values.subarray(from, this.#length);
    this.#values = kept.length === 0 ? NOTHING : new Float32Array(Math.max(this.#usual, 2 * kept.length));
    this.#values.set(kept);
    this.#length = kept.length;
    return taken;
  }
}
