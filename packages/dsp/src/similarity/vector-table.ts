import { DspError, requireInteger } from '../errors.ts';
import type { Kernels } from '../kernels.ts';

/** A row of a table, and how far it is from what was asked for. */
export interface Neighbour {
  readonly row: number;
  /** Euclidean, at least 0 */
  readonly distance: number;
}

export interface VectorTableOptions {
  /** Numbers in a vector, 1 to 4096 */
  readonly width: number;
  /** The most vectors that it can hold, 1 to 4,000,000 */
  readonly capacity: number;
}

const MOST_NEIGHBOURS = 10_000;
const LANES = 4;

/**
 * Vectors of one length in the kernels' memory, and the nearest of them to another: exactly, by looking at all.
 * Memory is taken when it is made, 4 bytes a number; nothing is taken afterwards.
 */
export class VectorTable {
  readonly width: number;
  readonly capacity: number;
  readonly #kernels: Kernels;
  /** Numbers from one row to the next: `width` and zeros up to whole registers. */
  readonly #stride: number;
  readonly #rows: number;
  readonly #query: number;
  readonly #allowed: number;
  readonly #places: number;
  readonly #squares: number;
  #length = 0;

  /** @throws DspError 'invalid-parameter', 'out-of-memory' */
  constructor(kernels: Kernels, { width, capacity }: VectorTableOptions) {
    requireInteger('width', width, 1, 4096);
    requireInteger('capacity', capacity, 1, 4_000_000);
    this.#kernels = kernels;
    this.width = width;
    this.capacity = capacity;
    this.#stride = LANES * Math.ceil(width / LANES);
    this.#query = kernels.allocateFloats(this.#stride);
    this.#places = kernels.allocate(4 * MOST_NEIGHBOURS);
    this.#squares = kernels.allocateFloats(MOST_NEIGHBOURS);
    this.#allowed = kernels.allocate(capacity);
    this.#rows = kernels.allocateFloats(capacity * this.#stride);
  }

  /** How many vectors it holds. */
  get length(): number {
    return this.#length;
  }

  /**
   * Puts a vector into a row: one that is there, or the next one.
   * @throws DspError 'invalid-parameter' for another length, a number that is not finite, or a row that is not there
   */
  set(row: number, vector: ArrayLike<number>): void {
    requireInteger('row', row, 0, Math.min(this.#length, this.capacity - 1));
    this.#write(this.#rows + 4 * row * this.#stride, vector);
    this.#length = Math.max(this.#length, row + 1);
  }

  /**
   * The nearest vectors, nearest first; of equally near ones the earlier first.
   * @param query of `width` numbers
   * @param most how many are wanted, 1 to 10,000
   * @param allowed [length], where given: rows where it is 0 are passed over
   * @returns fewer than `most` where the table, or what is allowed of it, has no more
   * @throws DspError 'invalid-parameter'
   */
  nearest(query: ArrayLike<number>, most: number, allowed?: Uint8Array): Neighbour[] {
    requireInteger('most', most, 1, MOST_NEIGHBOURS);
    if (allowed && allowed.length !== this.#length)
      throw new DspError('invalid-parameter', `allowed has ${allowed.length} rows; the table has ${this.#length}`);
    this.#write(this.#query, query);
    const kernels = this.#kernels;
    if (allowed) kernels.bytes(this.#allowed, this.#length).set(allowed);
    const found = kernels.wasm.nearestRows(
      ...([this.#rows, this.#length, this.#stride, this.#query] as const),
      ...([allowed ? this.#allowed : 0, most, this.#places, this.#squares] as const),
    );
    const squares = kernels.floats(this.#squares, found);
    return Array.from(kernels.integers(this.#places, found), (row, i) => ({ row, distance: Math.sqrt(squares[i]!) }));
  }

  #write(address: number, vector: ArrayLike<number>): void {
    if (vector.length !== this.width)
      throw new DspError('invalid-parameter', `a vector has ${vector.length} numbers; here they have ${this.width}`);
    const target = this.#kernels.floats(address, this.width);
    for (let i = 0; i < this.width; i++) {
      const value = vector[i]!;
      if (!Number.isFinite(value)) throw new DspError('invalid-parameter', `number ${i} of a vector is ${value}`);
      target[i] = value;
    }
  }
}
