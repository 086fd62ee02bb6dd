import { FilterBank, type Kernels, LOWEST_PITCH_HZ, PITCH_BINS, PITCH_BINS_PER_OCTAVE } from '@tutti/dsp';

/** Levels are compressed above this amplitude, as 1 over it and relative to the RMS amplitude of the bins of the track. */
const COMPRESSION = 10;
/** Half of the octave over which the level of the surroundings is taken away: noise and drums are flat over it. */
const SURROUNDINGS_BINS = PITCH_BINS_PER_OCTAVE / 2;

/** Which notes count, and how much. */
export interface Register {
  /** Notes here count fully, others by a Gaussian over the octaves. */
  readonly centreHz: number;
  readonly spreadOctaves: number;
  /** How many partials of a note count for its class; each `partialDecay` of the one below. */
  readonly partials: number;
  readonly partialDecay: number;
}

/** What a track's pitch spectra are measured by. */
export interface Pitch {
  /** Frequency of A4. */
  readonly tuningHz: number;
  /** Of the amplitudes of all bins. */
  readonly rms: number;
}

/**
 * Folds pitch spectra into the twelve pitch classes at a track's tuning.
 * Stages: ln(1 + 10 amplitude / RMS of the track) -> minus the mean over the octave around, at least 0: how much a bin stands out, which
 * noise and drums do not -> chroma bank.
 */
export class PitchClasses {
  readonly #bank: FilterBank;
  readonly #gain: number;
  readonly #levels = new Float32Array(PITCH_BINS);
  readonly #risen = new Float32Array(PITCH_BINS);
  readonly #classes = new Float32Array(12);

  /**
   * @param tuningHz frequency of A4
   * @param rms of the amplitudes of all bins of the track: what is loud depends on nothing else
   */
  constructor(kernels: Kernels, { tuningHz, rms }: Pitch, register: Register) {
    this.#gain = rms > 0 ? COMPRESSION / rms : 0;
    this.#bank = FilterBank.chroma(kernels, {
      bins: PITCH_BINS,
      binsPerOctave: PITCH_BINS_PER_OCTAVE,
      lowestHz: LOWEST_PITCH_HZ,
      tuningHz,
      ...register,
    });
  }

  /** [12] how much each class from C to B is heard in a spectrum [PITCH_BINS] of amplitudes; valid until the next call. */
  of(amplitudes: Float32Array): Float32Array {
    this.#standOut(amplitudes);
    this.#bank.apply(this.#risen, this.#classes);
    return this.#classes;
  }

  #standOut(amplitudes: Float32Array): void {
    const levels = this.#levels;
    for (let bin = 0; bin < PITCH_BINS; bin++) levels[bin] = Math.log(1 + this.#gain * amplitudes[bin]!);
    let sum = 0;
    let from = 0;
    let to = 0;
    for (let bin = 0; bin < PITCH_BINS; bin++) {
      while (to < PITCH_BINS && to <= bin + SURROUNDINGS_BINS) sum += levels[to++]!;
      while (from < bin - SURROUNDINGS_BINS) sum -= levels[from++]!;
      this.#risen[bin] = Math.max(0, levels[bin]! - sum / (to - from));
    }
  }
}
