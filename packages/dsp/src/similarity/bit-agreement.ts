import { DspError, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** How alike two rows of words are at one shift. */
export interface BitAgreement {
  /** The word of the first row that lies under the first word of the second one. */
  readonly shift: number;
  /** Words that were compared: of those that lie over each other, the ones where both say something. */
  readonly compared: number;
  /** Share of the bits compared that differ, 0 to 1; about 0.5 for rows that have nothing to do with each other. */
  readonly errorRate: number;
}

/** Words of a row, at most. */
const LONGEST_ROW = 2 ** 18;
/** Zero words behind a row, which the kernel reads. */
const PADDING = 8;

/** Two rows of 16-bit words in the kernels' memory. A word that is 0 says nothing and is compared with none. */
export class BitRows {
  readonly #kernels: Kernels;
  readonly #rows: readonly [Uint16Array, Uint16Array];
  readonly #addresses: readonly [number, number];
  readonly #tally: number;

  /**
   * @param a of 1 to 262,144 words
   * @param b likewise
   * @throws DspError 'invalid-parameter', 'out-of-memory'
   */
  constructor(kernels: Kernels, a: Uint16Array, b: Uint16Array) {
    this.#kernels = kernels;
    this.#rows = [a, b];
    this.#tally = kernels.allocate(8);
    this.#addresses = [this.#place(a), this.#place(b)];
  }

  #place(row: Uint16Array): number {
    requireInteger('number of words', row.length, 1, LONGEST_ROW);
    const address = this.#kernels.allocate(2 * (row.length + PADDING));
    const bytes = new Uint8Array(row.buffer, row.byteOffset, row.byteLength);
    this.#kernels.bytes(address, bytes.length).set(bytes);
    return address;
  }

  /** Where the rows agree in the most bits beyond half of those compared: long agreement counts for more than short. */
  best(): BitAgreement {
    const [a, b] = this.#rows;
    const { wasm } = this.#kernels;
    return this.#told(wasm.bestShift(this.#addresses[0], a.length, this.#addresses[1], b.length, this.#tally));
  }

  /**
   * At one shift, over some of the words.
   * @param from first word of the first row that is looked at
   * @param to one past the last one; words that lie over nothing are not compared
   * @throws DspError 'invalid-parameter' when they are not all of the first row
   */
  at(shift: number, from: number, to: number): BitAgreement {
    const [a, b] = this.#rows;
    if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= a.length))
      throw new DspError('invalid-parameter', `words ${from} to ${to} are not in a row of ${a.length}`);
    requireInteger('shift', shift, 1 - b.length, a.length - 1);
    const first = Math.max(from, shift);
    const count = Math.max(0, Math.min(to, shift + b.length) - first);
    // The kernel looks at whole registers: what it sees beyond `to` would be counted.
    if (count === 0) return { shift, compared: 0, errorRate: 1 };
    return this.#kernels.lend(() => {
      const row = this.#place(a.slice(first, first + count));
      this.#kernels.wasm.bitDifferences(row, this.#addresses[1] + 2 * (first - shift), count, this.#tally);
      return this.#told(shift);
    });
  }

  #told(shift: number): BitAgreement {
    const tally = this.#kernels.integers(this.#tally, 2);
    const [differing, compared] = [tally[0]!, tally[1]!];
    return { shift, compared, errorRate: compared === 0 ? 1 : differing / (16 * compared) };
  }
}
