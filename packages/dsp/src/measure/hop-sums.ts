/** Squares of left and right, and products. */
const KINDS = 3;
const FIRST_HOPS = 256;

/**
 * Mean squares in bands, [rows][columns] with a row for each hop or one for the whole: of the left channel, of the right
 * one, and of their product. Mid is (left + right) / 4 + product / 2, side (left + right) / 4 - product / 2, the
 * correlation product / sqrt(left * right). Of one channel all three are the same.
 */
export interface BandPowers {
  readonly left: Float32Array<ArrayBuffer>;
  readonly right: Float32Array<ArrayBuffer>;
  readonly product: Float32Array<ArrayBuffer>;
}

/** Collects sums over stretches of time of any length into hops of one length, and into a whole. */
export class HopSums {
  readonly #columns: number;
  readonly #hopFrames: number;
  /** [hops][columns][kinds] */
  #hops: Float32Array<ArrayBuffer>;
  /** [columns][kinds] */
  readonly #whole: Float64Array;

  /** @param hopFrames need not be whole */
  constructor(columns: number, hopFrames: number) {
    this.#columns = columns;
    this.#hopFrames = hopFrames;
    this.#hops = new Float32Array(FIRST_HOPS * columns * KINDS);
    this.#whole = new Float64Array(columns * KINDS);
  }

  reset(): void {
    this.#hops.fill(0);
    this.#whole.fill(0);
  }

  /**
   * Deals the sums of frames `start` to `end` to the hops they lie in, by length. What lies before frame 0 counts in hop 0.
   * @param columns which columns they are of
   * @param sums three values a column, from `offset` on
   */
  add(columns: readonly number[], sums: Float32Array, offset: number, start: number, end: number): void {
    const hopFrames = this.#hopFrames;
    const last = Math.max(0, Math.ceil(end / hopFrames) - 1);
    for (let hop = Math.max(0, Math.floor(start / hopFrames)); hop <= last; hop++) {
      const from = hop === 0 ? start : Math.max(start, hop * hopFrames);
      const to = hop === last ? end : (hop + 1) * hopFrames;
      this.#addTo(hop, columns, sums, offset, (to - from) / (end - start));
    }
    addSums(this.#whole, 0, columns, sums, offset, 1);
  }

  /** Mean squares of the first `hops` hops; what was added behind them counts in the last one. */
  perHop(hops: number): BandPowers {
    const [sums, hopFrames] = [this.#hops, this.#hopFrames];
    const powers = emptyPowers(hops * this.#columns);
    const { left, right, product } = powers;
    for (let row = 0, at = 0; at < sums.length && hops > 0; row++) {
      const first = Math.min(row, hops - 1) * this.#columns;
      for (let target = first; target < first + this.#columns; target++, at += KINDS) {
        left[target] = left[target]! + sums[at]! / hopFrames;
        right[target] = right[target]! + sums[at + 1]! / hopFrames;
        product[target] = product[target]! + sums[at + 2]! / hopFrames;
      }
    }
    return powers;
  }

  /** Mean squares over `frames` frames. */
  whole(frames: number): BandPowers {
    const powers = emptyPowers(this.#columns);
    for (let column = 0; column < this.#columns && frames > 0; column++) {
      powers.left[column] = this.#whole[KINDS * column]! / frames;
      powers.right[column] = this.#whole[KINDS * column + 1]! / frames;
      powers.product[column] = this.#whole[KINDS * column + 2]! / frames;
    }
    return powers;
  }

  #addTo(hop: number, columns: readonly number[], sums: Float32Array, offset: number, share: number): void {
    const row = hop * this.#columns * KINDS;
    if (row >= this.#hops.length) {
      const larger = new Float32Array(2 * this.#hops.length);
      larger.set(this.#hops);
      this.#hops = larger;
    }
    addSums(this.#hops, row, columns, sums, offset, share);
  }
}

/** Adds the sums, three values a column from `offset` on, times `share` to the row that begins at `row`. */
function addSums(
  target: Float32Array | Float64Array,
  row: number,
  columns: readonly number[],
  sums: Float32Array,
  offset: number,
  share: number,
): void {
  let from = offset;
  for (const column of columns) {
    const at = row + column * KINDS;
    target[at] = target[at]! + share * sums[from]!;
    target[at + 1] = target[at + 1]! + share * sums[from + 1]!;
    target[at + 2] = target[at + 2]! + share * sums[from + 2]!;
    from += KINDS;
  }
}

function emptyPowers(length: number): BandPowers {
  return { left: new Float32Array(length), right: new Float32Array(length), product: new Float32Array(length) };
}
