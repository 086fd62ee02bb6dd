const BINS_PER_SEMITONE = 3;
/** Six octaves from A1 (55 Hz) on. */
export const SEMITONES = 72;
/** Pitch class of the lowest semitone, A, counted from C. */
export const LOWEST_PITCH_CLASS = 9;
/** Amplitude over which levels are compressed, as 1 over it: -60 dB of a full-scale sine. */
const COMPRESSION = 1000;
/** Half of the octave over which the level of the surroundings is taken away: noise and drums are flat over it. */
const SURROUNDINGS_BINS = 18;

/**
 * How much each semitone stands out of a pitch spectrum.
 * Stages: ln(1 + 1000 amplitude) -> minus the mean over the octave around -> rectify -> semitones at the track's tuning.
 */
export class NoteLevels {
  readonly #offsetBins: number;
  readonly #levels: Float32Array;
  readonly #risen: Float32Array;
  readonly #notes = new Float32Array(SEMITONES);

  /**
   * @param bins of the spectra, three a semitone
   * @param offsetSemitones tuning, -0.5 to 0.5
   */
  constructor(bins: number, offsetSemitones: number) {
    this.#offsetBins = offsetSemitones * BINS_PER_SEMITONE;
    this.#levels = new Float32Array(bins);
    this.#risen = new Float32Array(bins);
  }

  /** [SEMITONES] of the spectrum that begins at `offset` in `amplitudes`; valid until the next call. */
  of(amplitudes: Float32Array, offset: number): Float32Array {
    const levels = this.#levels;
    for (let bin = 0; bin < levels.length; bin++) levels[bin] = Math.log(1 + COMPRESSION * amplitudes[offset + bin]!);
    this.#whiten();
    for (let s = 0; s < SEMITONES; s++) {
      const centre = s * BINS_PER_SEMITONE + this.#offsetBins;
      this.#notes[s] = this.#at(centre) + 0.5 * (this.#at(centre - 1) + this.#at(centre + 1));
    }
    return this.#notes;
  }

  #whiten(): void {
    const levels = this.#levels;
    let sum = 0;
    let from = 0;
    let to = 0;
    for (let bin = 0; bin < levels.length; bin++) {
      while (to < levels.length && to <= bin + SURROUNDINGS_BINS) sum += levels[to++]!;
      while (from < bin - SURROUNDINGS_BINS) sum -= levels[from++]!;
      this.#risen[bin] = Math.max(0, levels[bin]! - sum / (to - from));
    }
  }

  /** Level between two bins; at the ends that of the last one. */
  #at(place: number): number {
    const inside = Math.max(0, Math.min(this.#risen.length - 1.001, place));
    const below = Math.floor(inside);
    const part = inside - below;
    return this.#risen[below]! * (1 - part) + this.#risen[below + 1]! * part;
  }
}
