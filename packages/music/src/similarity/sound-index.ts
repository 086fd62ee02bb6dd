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

/** Tracks by where they lie, in the kernels' memory, and the nearest of them: exactly. */
export class SoundIndex {
  readonly #ids: readonly string[];
  readonly #rowOf: ReadonlyMap<string, number>;
  readonly #vectors: readonly ArrayLike<number>[];
  readonly #table: VectorTable;

  /**
   * @param tracks at least one, their ids all different
   * @throws DspError 'invalid-parameter' for no tracks, an id that comes twice, or vectors of different lengths
   */
  constructor(kernels: Kernels, tracks: readonly EmbeddedTrack[]) {
    const [first] = tracks;
    if (!first) throw new DspError('invalid-parameter', 'there are no tracks to look among');
    this.#ids = tracks.map(({ id }) => id);
    this.#rowOf = new Map(this.#ids.map((id, row) => [id, row]));
    if (this.#rowOf.size < tracks.length) throw new DspError('invalid-parameter', 'a track is there twice');
    this.#vectors = tracks.map(({ values }) => values);
    this.#table = new VectorTable(kernels, { width: first.values.length, capacity: tracks.length });
    tracks.forEach(({ values }, row) => {
      this.#table.set(row, values);
    });
  }

  /** Where a track lies; undefined when it is not in here. */
  vectorOf(id: string): ArrayLike<number> | undefined {
    const row = this.#rowOf.get(id);
    return row === undefined ? undefined : this.#vectors[row];
  }

  /**
   * @param most 1 to 10,000
   * @param isAllowed which tracks may be answered; all when absent
   * @returns nearest first, of equally near ones as they were given; fewer than `most` where no more are allowed
   */
  nearest(values: ArrayLike<number>, most: number, isAllowed?: (id: string) => boolean): NearTrack[] {
    const allowed = isAllowed && Uint8Array.from(this.#ids, (id) => (isAllowed(id) ? 1 : 0));
    return this.#table.nearest(values, most, allowed).map(({ row, distance }) => ({ id: this.#ids[row]!, distance }));
  }
}
