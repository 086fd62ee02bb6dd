/** Bits of a byte string, most significant first. Behind its end there are zeros. */
export class BitString {
  readonly #bytes: Uint8Array;
  /** The next bit. */
  position: number;

  constructor(bytes: Uint8Array, position = 0) {
    this.#bytes = bytes;
    this.position = position;
  }

  /** The next `width` bits, up to 53, as an unsigned number. */
  read(width: number): number {
    let value = 0;
    for (let i = 0; i < width; i++, this.position++) {
      const byte = this.#bytes[this.position >> 3] ?? 0;
      value = value * 2 + ((byte >> (7 - (this.position & 7))) & 1);
    }
    return value;
  }

  /** As `read`, in two's complement. */
  readSigned(width: number): number {
    const value = this.read(width);
    return width > 0 && value >= 2 ** (width - 1) ? value - 2 ** width : value;
  }
}

/** Takes bits, most significant first. */
export class BitSink {
  readonly #bits: number[] = [];

  write(value: number, width: number): void {
    for (let i = width - 1; i >= 0; i--) this.#bits.push(Math.floor(value / 2 ** i) & 1);
  }

  /** As `write`, in two's complement. */
  writeSigned(value: number, width: number): void {
    this.write(value < 0 ? value + 2 ** width : value, width);
  }

  /** Whole bytes, the last one filled up with zeros. */
  bytes(): Uint8Array {
    const bits = this.#bits;
    while (bits.length % 8 !== 0) bits.push(0);
    return Uint8Array.from({ length: bits.length / 8 }, (_, i) =>
      bits.slice(8 * i, 8 * i + 8).reduce((byte, bit) => byte * 2 + bit, 0),
    );
  }
}
