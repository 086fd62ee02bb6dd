// Phase locking: every spectral peak of a frame is turned by one angle, and the bins around it with it, so that the
// frame joins what was put out before (identity phase locking). The angle comes from a complex product, never from a
// phase: with X' the spectrum of the source one output hop before the frame, and Y the spectrum that was put out one hop
// ago, it is that of Y conj(X'), summed over all channels and the peak's three bins. No phase is unwrapped, so the frame
// may lie anywhere in the source.
// Sources: M. Puckette, "Phase-locked vocoder", WASPAA 1995; J. Laroche and M. Dolson, "Improved phase vocoder time-scale
// modification of audio", IEEE Trans. Speech and Audio Processing 7 (1999).
//
// Spectra are interleaved pairs, `strideBytes` from channel to channel; what is behind the last bin is zero. Loops run
// in groups of four bins over the last bin.

/** A peak whose energy grew by this factor over one hop, as an onset came in, belongs to the onset, even if it is a partial. */
const ONSET_GROWTH: f32 = 2;
/**
 * Square of the likeness of a peak to what it was one hop before, from 0 to 1, from which on it is a partial that sounds through
 * an onset: what is new in it is then 15 dB below it.
 */
const STEADY_LIKENESS: f64 = 0.97;
/** |Y X'|^2 below which a peak is silence. */
const SMALLEST_SQUARE: f64 = 1e-60;
/** Angle by which a peak is turned back in one hop when nothing is stretched: per bin (5 cents), and at most. */
const RETURN_ANGLE_PER_BIN: f32 = 0.005;
const LARGEST_RETURN_ANGLE: f32 = 0.2;

/** energies[k] = sum over channels of |X[k]|^2. */
export function sumEnergies(spectra: usize, strideBytes: usize, channels: i32, energies: usize, bins: i32): void {
  for (let channel = 0; channel < channels; channel++, spectra += strideBytes) {
    for (let k = 0; k < bins; k += 4) {
      const low = v128.load(spectra + ((<usize>k) << 3));
      const high = v128.load(spectra + ((<usize>k) << 3), 16);
      const lowSquares = f32x4.mul(low, low);
      const highSquares = f32x4.mul(high, high);
      const energy = f32x4.add(
        v128.shuffle<f32>(lowSquares, highSquares, 0, 2, 4, 6),
        v128.shuffle<f32>(lowSquares, highSquares, 1, 3, 5, 7),
      );
      const at = energies + ((<usize>k) << 2);
      v128.store(at, channel === 0 ? energy : f32x4.add(v128.load(at), energy));
    }
  }
}

/** re[k] + i im[k] = sum over channels of Y[k] conj(X'[k]). */
export function sumProducts(
  output: usize,
  earlier: usize,
  strideBytes: usize,
  channels: i32,
  re: usize,
  im: usize,
  bins: i32,
): void {
  for (let channel = 0; channel < channels; channel++, output += strideBytes, earlier += strideBytes) {
    for (let k = 0; k < bins; k += 4) {
      const offset = (<usize>k) << 3;
      let low = v128.load(output + offset);
      let high = v128.load(output + offset, 16);
      const yRe = v128.shuffle<f32>(low, high, 0, 2, 4, 6);
      const yIm = v128.shuffle<f32>(low, high, 1, 3, 5, 7);
      low = v128.load(earlier + offset);
      high = v128.load(earlier + offset, 16);
      const xRe = v128.shuffle<f32>(low, high, 0, 2, 4, 6);
      const xIm = v128.shuffle<f32>(low, high, 1, 3, 5, 7);
      let productRe = f32x4.add(f32x4.mul(yRe, xRe), f32x4.mul(yIm, xIm));
      let productIm = f32x4.sub(f32x4.mul(yIm, xRe), f32x4.mul(yRe, xIm));
      const at = (<usize>k) << 2;
      if (channel > 0) {
        productRe = f32x4.add(productRe, v128.load(re + at));
        productIm = f32x4.add(productIm, v128.load(im + at));
      }
      v128.store(re + at, productRe);
      v128.store(im + at, productIm);
    }
  }
}

/**
 * Lists the bins that exceed their two neighbours to both sides.
 * @param energies with two readable zeros before and after
 * @param peaks receives the bins, i32 each
 * @returns how many
 */
export function findPeaks(energies: usize, bins: i32, peaks: usize): i32 {
  const start = peaks;
  for (let k = 0; k < bins; k += 4) {
    const at = energies + ((<usize>k) << 2);
    const here = v128.load(at);
    const left = f32x4.max(v128.load(at - 8), v128.load(at - 4));
    const right = f32x4.max(v128.load(at, 4), v128.load(at, 8));
    let mask = i32x4.bitmask(v128.and(f32x4.gt(here, left), f32x4.ge(here, right)));
    for (; mask !== 0; mask &= mask - 1, peaks += 4) store<i32>(peaks, k + ctz(mask));
  }
  return <i32>((peaks - start) >> 2);
}

/** Sum over a peak's bin and its two neighbours of the values at `pointer`. */
function sumAround(pointer: usize, k: i32): f32 {
  const at = pointer + ((<usize>k) << 2);
  return load<f32>(at - 4) + load<f32>(at) + load<f32>(at, 4);
}

/**
 * Whether a peak is that of the source one hop before, turned: all bins of a steady partial turn by one angle and grow by one
 * factor. Of 1 and x in energy, the one steady and the other new, the likeness is 1 / (1 + x).
 */
function isSteady(turns: PeakTurns, peak: i32): bool {
  let re: f64 = 0;
  let im: f64 = 0;
  const from = (<usize>max(0, peak - 1)) << 3;
  const to = (<usize>(peak + 1)) << 3;
  for (let channel = 0; channel < turns.channels; channel++) {
    const present = turns.spectra + <usize>channel * turns.strideBytes;
    const earlier = turns.earlierSpectra + <usize>channel * turns.strideBytes;
    for (let at = from; at <= to; at += 8) {
      const xRe = <f64>load<f32>(present + at);
      const xIm = <f64>load<f32>(present + at, 4);
      const earlierRe = <f64>load<f32>(earlier + at);
      const earlierIm = <f64>load<f32>(earlier + at, 4);
      re += xRe * earlierRe + xIm * earlierIm;
      im += xIm * earlierRe - xRe * earlierIm;
    }
  }
  const energies = <f64>sumAround(turns.energies, peak) * <f64>sumAround(turns.earlierEnergies, peak);
  return re * re + im * im >= STEADY_LIKENESS * energies;
}

/** What `turnPeaks` reads and writes, for one frame. */
@unmanaged
export class PeakTurns {
  bins: i32;
  /** From `findPeaks`. */
  peaks: usize;
  peakCount: i32;
  /** From `sumProducts`; a readable zero before and after. */
  productRe: usize;
  productIm: usize;
  /** Of the frame, and of the source one hop before it. */
  energies: usize;
  earlierEnergies: usize;
  /** Spectra of the frame, and of the source one hop before it. */
  spectra: usize;
  earlierSpectra: usize;
  strideBytes: usize;
  channels: i32;
  /** Whether an onset comes in: peaks that grew or are not steady begin anew, as they are in the source. */
  atOnset: bool;
  /** Whether nothing is stretched: peaks return to the phase that they have in the source. */
  returning: bool;
  /** Per bin: (re, re) and (-im, im) of the turn, as `turnSpectrum` reads them; room for two bins more. */
  turnRe: usize;
  turnIm: usize;
}

/**
 * The turn of every peak, spread over the bins nearer to it than to the next one.
 * @returns whether every turn is exactly 1
 */
export function turnPeaks(turns: PeakTurns): bool {
  const peaks = turns.peaks;
  const last = turns.peakCount - 1;
  let untouched = true;
  let bin = 0;
  for (let i = 0; i <= max(last, 0); i++) {
    const peak = last < 0 ? 0 : load<i32>(peaks + ((<usize>i) << 2));
    const end = i < last ? (peak + load<i32>(peaks + ((<usize>i) << 2), 4) + 1) >> 1 : turns.bins;
    let re = sumAround(turns.productRe, peak);
    let im = sumAround(turns.productIm, peak);
    // In f64: for loud sound the square is beyond f32.
    const square = <f64>re * <f64>re + <f64>im * <f64>im;
    const begins =
      turns.atOnset &&
      (sumAround(turns.energies, peak) > ONSET_GROWTH * sumAround(turns.earlierEnergies, peak) ||
        !isSteady(turns, peak));
    if (begins || square < SMALLEST_SQUARE) {
      re = 1;
      im = 0;
    } else {
      const scale = <f32>(1 / Math.sqrt(square));
      re *= scale;
      im *= scale;
      if (turns.returning) {
        const angle = min<f32>(LARGEST_RETURN_ANGLE, RETURN_ANGLE_PER_BIN * <f32>(peak + 1));
        const angleSquare = angle * angle;
        const cosine: f32 = 1 - angleSquare * (0.5 - angleSquare * (1.0 / 24.0));
        if (re >= cosine) {
          re = 1;
          im = 0;
        } else {
          const sine: f32 = angle * (1 - angleSquare * (1.0 / 6.0 - angleSquare * (1.0 / 120.0)));
          const turned = im > 0 ? -sine : sine;
          const previous = re;
          re = re * cosine - im * turned;
          im = previous * turned + im * cosine;
        }
      }
    }
    untouched = untouched && re === 1 && im === 0;
    const res = f32x4.splat(re);
    const ims = f32x4(-im, im, -im, im);
    for (; bin < end; bin += 2) {
      v128.store(turns.turnRe + ((<usize>bin) << 3), res);
      v128.store(turns.turnIm + ((<usize>bin) << 3), ims);
    }
    bin = end;
  }
  return untouched;
}

/** Y[k] = X[k] * turn[k] for one channel. */
export function turnSpectrum(spectrum: usize, turnRe: usize, turnIm: usize, output: usize, bins: i32): void {
  for (const end = spectrum + ((<usize>bins) << 3); spectrum < end; spectrum += 16, output += 16) {
    const value = v128.load(spectrum);
    const swapped = v128.shuffle<f32>(value, value, 1, 0, 3, 2);
    v128.store(output, f32x4.add(f32x4.mul(value, v128.load(turnRe)), f32x4.mul(swapped, v128.load(turnIm))));
    turnRe += 16;
    turnIm += 16;
  }
}
