import type { Features } from '@tutti/dsp';

const BINS_PER_SEMITONE = 3;
/** Amplitude over which the compression of levels sets in, as 1 over it: -60 dB of a full-scale sine. */
const COMPRESSION = 1000;

/** Running sums of compressed semitone spectra: the mean spectrum between any two moments costs one subtraction. */
export interface SemitoneSums {
  readonly frameRate: number;
  readonly frames: number;
  readonly semitones: number;
  /** [frames + 1][semitones] */
  readonly sums: Float64Array;
}

/** Sums ln(1 + 1000 amplitude) of every semitone over the pitch frames. */
export function semitoneSums({ pitchFrames, pitchBins, pitchFrameRate }: Features): SemitoneSums {
  const frames = Math.floor(pitchFrames.length / pitchBins);
  const semitones = pitchBins / BINS_PER_SEMITONE;
  const sums = new Float64Array((frames + 1) * semitones);
  for (let frame = 0; frame < frames; frame++) {
    for (let s = 0; s < semitones; s++) {
      const bin = frame * pitchBins + s * BINS_PER_SEMITONE;
      const below = s > 0 ? pitchFrames[bin - 1]! : 0;
      const centre = pitchFrames[bin]!;
      const above = pitchFrames[bin + 1]!;
      const amplitude = Math.sqrt(below * below + centre * centre + above * above);
      sums[(frame + 1) * semitones + s] = sums[frame * semitones + s]! + Math.log(1 + COMPRESSION * amplitude);
    }
  }
  return { frameRate: pitchFrameRate, frames, semitones, sums };
}

/**
 * How different the harmony before and after a moment is: 1 - cosine between the mean spectra of `spanSeconds` to each side.
 * 0 for the same harmony, for silence, and at the ends of the track.
 */
export function harmonicChangeAt(spectra: SemitoneSums, seconds: number, spanSeconds: number): number {
  const { frameRate, frames, semitones, sums } = spectra;
  const here = Math.min(frames, Math.max(0, Math.round(seconds * frameRate)));
  const from = Math.max(0, Math.round((seconds - spanSeconds) * frameRate));
  const to = Math.min(frames, Math.round((seconds + spanSeconds) * frameRate));
  if (from >= here || to <= here) return 0;
  let product = 0;
  let before = 0;
  let after = 0;
  for (let s = 0; s < semitones; s++) {
    const middle = sums[here * semitones + s]!;
    const a = middle - sums[from * semitones + s]!;
    const b = sums[to * semitones + s]! - middle;
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
