/** Bits of a byte string, most significant first. Behind its end there are zeros. */
export class BitString {
  readonly #bytes: Uint8Array;
  /** The next bit. */
  position: number;

  constructor(bytes: Uint8Array, position = 0) {
    this.#bytes = bytes;
    this.position = position;
  }

  read(width: number): number {
    let value = 0;
    for (let i = 0; i < width; i++, this.position++) {
      const byte = this.#bytes[this.position >> 3] ?? 0;
      value = value * 2 + ((byte >> (7 - (this.position & 7))) & 1);
    }
    return value;
  }
}
