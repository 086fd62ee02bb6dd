/** Rows of floats that are appended block by block; memory doubles, so that appending costs constant time a value. */
export class GrowingRows {
  #values = new Float32Array(1024);
  #length = 0;

  append(values: Float32Array): void {
    const length = this.#length + values.length;
    if (length > this.#values.length) {
      const larger = new Float32Array(Math.max(length, this.#values.length * 2));
      larger.set(this.#values.subarray(0, this.#length));
      this.#values = larger;
    }
    this.#values.set(values, this.#length);
    this.#length = length;
  }

  /** Hands over what was appended and starts anew. */
  take(): Float32Array<ArrayBuffer> {
    const taken = this.#values.slice(0, this.#length);
    this.#values = new Float32Array(1024);
    this.#length = 0;
    return taken;
  }
}
