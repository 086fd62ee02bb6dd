import { type Features, type Kernels, LOWEST_PITCH_HZ, PITCH_BINS_PER_OCTAVE, roughnessCurve } from '@tutti/dsp';

/** Every so many of the pitch frames is looked at; they overlap by four fifths. */
export const FRAMES_APART = 4;
/** The loudest peaks of a frame that count, and how far below the loudest they may be: -40 dB. */
const MOST_PEAKS = 12;
const QUIETEST_PEAK = 0.01;

/**
 * How rough what is heard sounds: roughness of the loudest partials of each frame, see `roughnessCurve`.
 * @param kernels lend memory for the time of the call
 * @returns one value for every fourth pitch frame: 0 (one tone) to less than 1
 */
export function dissonanceCurve(kernels: Kernels, { pitchFrames, pitchBins }: Features): Float32Array {
  return roughnessCurve(kernels, pitchFrames, {
    bins: pitchBins,
    lowestHz: LOWEST_PITCH_HZ,
    binsPerOctave: PITCH_BINS_PER_OCTAVE,
    framesApart: FRAMES_APART,
    mostPeaks: MOST_PEAKS,
    quietest: QUIETEST_PEAK,
  });
}
