import { FilterBank, type Kernels, LOWEST_PITCH_HZ, PITCH_BINS, PITCH_BINS_PER_OCTAVE, standingOut } from '@tutti/dsp';

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
 * Stages: ln(1 + 10 amplitude / RMS of the track) -> minus the mean over the octave around, at least 0: how much a bin
 * stands out, which noise and drums do not -> chroma bank.
 * @param kernels lend memory for the time of the call
 * @param spectra [rows][PITCH_BINS] amplitudes
 * @returns [rows][12] how much each class from C to B is heard
 */
export function pitchClasses(
  kernels: Kernels,
  spectra: Float32Array,
  { tuningHz, rms }: Pitch,
  register: Register,
): Float32Array {
  return kernels.lend(() => {
    const bank = FilterBank.chroma(kernels, {
      bins: PITCH_BINS,
      binsPerOctave: PITCH_BINS_PER_OCTAVE,
      lowestHz: LOWEST_PITCH_HZ,
      tuningHz,
      ...register,
    });
    const gain = rms > 0 ? COMPRESSION / rms : 0;
    return standingOut(kernels, bank, spectra, { gain, around: SURROUNDINGS_BINS });
  });
}
