import { type Features, type Kernels, semitoneLevelSums, spectralChanges } from '@tutti/dsp';

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

/**
 * How different the harmony before and after some moments is: 1 - cosine between the mean spectra of a span to each side.
 * 0 for the same harmony, for silence, and at the ends of the track.
 * @param kernels lend memory for the time of the call
 * @param seconds the moments
 * @param spans in seconds, one for each
 */
export function harmonicChanges(
  kernels: Kernels,
  spectra: SemitoneSums,
  seconds: Float64Array,
  spans: Float64Array,
): Float64Array {
  const { frameRate, frames, semitones, sums } = spectra;
  // The frame at a moment reaches half a frame to either side of it.
  const placeOf = (moment: number) => Math.min(frames, Math.max(0, moment * frameRate + 0.5));
  const places = new Float64Array(3 * seconds.length);
  const known: number[] = [];
  seconds.forEach((moment, i) => {
    const [from, here, to] = [placeOf(moment - spans[i]!), placeOf(moment), placeOf(moment + spans[i]!)];
    if (here - from < 1 || to - here < 1) return;
    places.set([from, here, to], 3 * known.length);
    known.push(i);
  });
  const changes = new Float64Array(seconds.length);
  if (known.length === 0) return changes;
  const found = spectralChanges(kernels, { frames, bins: semitones, sums }, places.subarray(0, 3 * known.length));
  known.forEach((i, n) => {
    changes[i] = found[n]!;
  });
  return changes;
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
