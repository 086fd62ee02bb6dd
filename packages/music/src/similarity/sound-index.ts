import { DspError, type Kernels, VectorTable } from '@tutti/dsp';

/** A track and where it lies among others. */
export interface EmbeddedTrack {
  readonly id: string;
  /** Of the embedding: all of one model, and so of one length. */
  readonly values: ArrayLike<number>;
}

/** A track, and how far it is from what was asked for: Euclidean distance of the embeddings, at least 0. */
export interface NearTrack {
  readonly id: string;
  readonly distance: number;
}

/** Which tracks may be answered: their id, and the row that they have in the index now. */
export type IsAllowed = (id: string, row: number) => boolean;

/** Tracks by where they lie, in the kernels' memory, and the nearest of them: exactly. Tracks may come and go. */
export class SoundIndex {
  readonly #kernels: Kernels;
  /** By row; null where a track was taken out. */
  readonly #ids: (string | null)[] = [];
  readonly #vectors: ArrayLike<number>[] = [];
  readonly #rowOf = new Map<string, number>();
  readonly #free: number[] = [];
  #table: VectorTable;

  /**
   * @param tracks at least one, their ids all different
   * @throws DspError 'invalid-parameter' for no tracks, an id that comes twice, or vectors of different lengths
   */
  constructor(kernels: Kernels, tracks: readonly EmbeddedTrack[]) {
    const [first] = tracks;
    if (!first) throw new DspError('invalid-parameter', 'there are no tracks to look among');
    this.#kernels = kernels;
    this.#table = new VectorTable(kernels, { width: first.values.length, capacity: tracks.length });
    for (const { id, values } of tracks) {
      if (this.#rowOf.has(id)) throw new DspError('invalid-parameter', 'a track is there twice');
      this.put(id, values);
    }
  }

  /** How many tracks there are. */
  get size(): number {
    return this.#rowOf.size;
  }

  /** Where a track lies; undefined when it is not in here. */
  vectorOf(id: string): ArrayLike<number> | undefined {
    const row = this.#rowOf.get(id);
    return row === undefined ? undefined : this.#vectors[row];
  }

  /** The row of a track, until it is taken out. */
  rowOf(id: string): number | undefined {
    return this.#rowOf.get(id);
  }

  /**
   * Puts a track in, or in another place than before.
   * @throws DspError 'invalid-parameter' for another length
   */
  put(id: string, values: ArrayLike<number>): void {
    const row = this.#rowOf.get(id) ?? this.#free.at(-1) ?? this.#ids.length;
    if (row === this.#table.capacity) this.#grow();
    this.#table.set(row, values);
    if (row === this.#free.at(-1)) this.#free.pop();
    this.#ids[row] = id;
    this.#vectors[row] = values;
    this.#rowOf.set(id, row);
  }

  /** Takes a track out, if it is there. */
  remove(id: string): void {
    const row = this.#rowOf.get(id);
    if (row === undefined) return;
    this.#rowOf.delete(id);
    this.#ids[row] = null;
    this.#free.push(row);
  }

  /** A table of twice the size. What the old one has stays taken until the kernels' memory is given back. */
  #grow(): void {
    const { width, capacity } = this.#table;
    this.#table = new VectorTable(this.#kernels, { width, capacity: 2 * capacity });
    this.#vectors.forEach((values, row) => {
      this.#table.set(row, values);
    });
  }

  /** Which rows may be answered, for several questions of which each has the same rule: 1 where it may. */
  allowedRows(isAllowed: IsAllowed): Uint8Array {
    const rows = new Uint8Array(this.#ids.length);
    // A plain loop: over a hundred thousand rows it is several times faster than Uint8Array.from.
    for (let row = 0; row < rows.length; row++) {
      const id = this.#ids[row]!;
      if (id !== null && isAllowed(id, row)) rows[row] = 1;
    }
    return rows;
  }

  /**
   * @param most 1 to 10,000
   * @param allowed which tracks may be answered, as a rule or as `allowedRows` gave it; all when absent
   * @returns nearest first, of equally near ones as they were given; fewer than `most` where no more are allowed
   */
  nearest(values: ArrayLike<number>, most: number, allowed?: IsAllowed | Uint8Array): NearTrack[] {
    const rule = allowed ?? (this.#free.length > 0 ? () => true : undefined);
    const rows = typeof rule === 'function' ? this.allowedRows(rule) : rule;
    return this.#table.nearest(values, most, rows).map(({ row, distance }) => ({ id: this.#ids[row]!, distance }));
  }
}
