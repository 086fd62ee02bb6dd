import { type Features, type Kernels, semitoneLevelSums } from '@tutti/dsp';

const BINS_PER_SEMITONE = 3;
/** What is so many times softer than the track is where the compression of levels sets in. */
const COMPRESSION = 10;

/** Running sums of compressed semitone spectra: the mean spectrum between any two moments costs one subtraction. */
export interface SemitoneSums {
  readonly frameRate: number;
  readonly frames: number;
  readonly semitones: number;
  /** [frames + 1][semitones] */
  readonly sums: Float64Array;
}

/**
 * Sums ln(1 + 10 amplitude / level of the track) of every semitone over the pitch frames.
 * @param kernels lend memory for the time of the call
 */
export function semitoneSums(kernels: Kernels, { pitchFrames, pitchBins, pitchFrameRate }: Features): SemitoneSums {
  return {
    frameRate: pitchFrameRate,
    frames: Math.floor(pitchFrames.length / pitchBins),
    semitones: pitchBins / BINS_PER_SEMITONE,
    sums: semitoneLevelSums(kernels, pitchFrames, pitchBins, COMPRESSION),
  };
}

/** What a semitone adds up to before a moment, in frames, 0 to `frames`; between two it grows evenly. */
export function sumBefore({ frames, semitones, sums }: SemitoneSums, place: number, semitone: number): number {
  const frame = Math.min(frames - 1, Math.floor(place));
  const below = sums[frame * semitones + semitone]!;
  return below + (place - frame) * (sums[(frame + 1) * semitones + semitone]! - below);
}

/**
 * How different the harmony before and after a moment is: 1 - cosine between the mean spectra of `spanSeconds` to each side.
 * 0 for the same harmony, for silence, and at the ends of the track.
 */
export function harmonicChangeAt(spectra: SemitoneSums, seconds: number, spanSeconds: number): number {
  const { frameRate, frames, semitones } = spectra;
  // The frame at a moment reaches half a frame to either side of it.
  const placeOf = (moment: number) => Math.min(frames, Math.max(0, moment * frameRate + 0.5));
  const [from, here, to] = [placeOf(seconds - spanSeconds), placeOf(seconds), placeOf(seconds + spanSeconds)];
  if (here - from < 1 || to - here < 1) return 0;
  let product = 0;
  let before = 0;
  let after = 0;
  for (let s = 0; s < semitones; s++) {
    const middle = sumBefore(spectra, here, s);
    const a = middle - sumBefore(spectra, from, s);
    const b = sumBefore(spectra, to, s) - middle;
    product += a * b;
    before += a * a;
    after += b * b;
  }
  return before > 0 && after > 0 ? Math.max(0, 1 - product / Math.sqrt(before * after)) : 0;
}

/**
 * How much of the lowest semitones comes in at a moment: mean rise of each from the span before to the span after, those
 * that go being left out. 0 for a held note, for silence, and at the ends of the track.
 * @param count how many semitones, from the lowest on
 */
export function riseAt(spectra: SemitoneSums, seconds: number, spanSeconds: number, count: number): number {
  const { frameRate, frames, semitones, sums } = spectra;
  const here = Math.min(frames, Math.max(0, Math.round(seconds * frameRate)));
  const from = Math.max(0, Math.round((seconds - spanSeconds) * frameRate));
  const to = Math.min(frames, Math.round((seconds + spanSeconds) * frameRate));
  if (from >= here || to <= here) return 0;
  let rise = 0;
  for (let s = 0; s < count; s++) {
    const middle = sums[here * semitones + s]!;
    const before = (middle - sums[from * semitones + s]!) / (here - from);
    const after = (sums[to * semitones + s]! - middle) / (to - here);
    if (after > before) rise += after - before;
  }
  return rise / count;
}
