// Phase locking: every spectral peak of a frame is turned by one angle, and the bins around it with it, so that the
// frame joins what was put out before (identity phase locking). Where the frame follows the last one at unit rate, a peak
// keeps the turn that its bins had there; where it lies a little off that place, the turn goes back by what the peak's
// frequency makes of the difference (peak-frequencies.ts); where it lies further off, the turn is the angle of Y conj(X'),
// summed over all channels and the peak's three bins, with X' the spectrum of the source one output hop before the frame
// and Y the spectrum that was put out one hop ago, so that the frame may lie anywhere in the source.
// Sources: M. Puckette, "Phase-locked vocoder", WASPAA 1995; J. Laroche and M. Dolson, "Improved phase vocoder time-scale
// modification of audio", IEEE Trans. Speech and Audio Processing 7 (1999).
//
// Spectra are interleaved pairs, `strideBytes` from channel to channel; what is behind the last bin is zero. Loops run
// in groups of four bins over the last bin.

/** A peak whose energy grew by this factor over one hop, as an onset came in, belongs to the onset, even if it is a partial. */
const ONSET_GROWTH: f32 = 2;
/**
 * Square of the likeness of a peak to what it was one hop before, from 0 to 1, from which on it is a partial that sounds through
 * an onset: what is new in it is then 20 dB below it.
 */
const STEADY_LIKENESS: f64 = 0.99;
/** Energy, and |Y X'|^2, below which a peak is silence. */
const SMALLEST_ENERGY: f32 = 1e-30;
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

/**
 * Lists the bins that exceed their two neighbours to both sides.
 * @param energies with two readable zeros before and after
 * @param bins looked at, and up to three more that are zeros
 * @param peaks receives the bins, i32 each
 * @returns how many: at least one, bin 0 where there is none
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
  if (peaks === start) {
    store<i32>(start, 0);
    return 1;
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
  /** Bins among which peaks are looked for: all, or a multiple of 4. */
  peakBins: i32;
  channels: i32;
  /** Bytes from channel to channel in all spectra. */
  strideBytes: usize;
  /** From `findPeaks`, and per peak: its turn, and the product of the frame with the last one. */
  peaks: usize;
  peakCount: i32;
  peakRe: usize;
  peakIm: usize;
  productRe: usize;
  productIm: usize;
  /** Of the frame, of the last frame, and of the source that the frame is held against: the last frame, or X' of above. */
  energies: usize;
  lastEnergies: usize;
  earlierEnergies: usize;
  spectra: usize;
  lastSpectra: usize;
  earlierSpectra: usize;
  /** Receives the turned spectra. */
  output: usize;
  /** Whether an onset comes in: peaks that grew or are not steady begin anew, as they are in the source. */
  atOnset: bool;
  /** Whether nothing is stretched: peaks return to the phase that they have in the source. */
  returning: bool;
  /** Pairs (re, im) of the turn of each bin, of the last frame and then of this one; room for a bin before and two behind. */
  turns: usize;
}

/**
 * Per peak: the mean over its three bins, by energy, of the last turns, which is the angle of Y conj(X') where X' is the last
 * frame; and when wanted the product of its bin with that of the last frame, over all channels.
 */
export function gatherFromLast(turns: PeakTurns, wantsProducts: bool): void {
  const energies = turns.lastEnergies;
  for (let i: usize = 0, end = (<usize>turns.peakCount) << 2; i < end; i += 4) {
    const peak = <usize>load<i32>(turns.peaks + i);
    const at = energies + (peak << 2);
    const left = load<f32>(at - 4);
    const here = load<f32>(at);
    const right = load<f32>(at, 4);
    const turn = turns.turns + (peak << 3);
    const total = left + here + right;
    if (total > SMALLEST_ENERGY) {
      const scale: f32 = 1 / total;
      const re = left * load<f32>(turn - 8) + here * load<f32>(turn) + right * load<f32>(turn, 8);
      const im = left * load<f32>(turn - 4) + here * load<f32>(turn, 4) + right * load<f32>(turn, 12);
      store<f32>(turns.peakRe + i, scale * re);
      store<f32>(turns.peakIm + i, scale * im);
    } else {
      store<f32>(turns.peakRe + i, 0);
      store<f32>(turns.peakIm + i, 0);
    }
    if (!wantsProducts) continue;
    let re: f32 = 0;
    let im: f32 = 0;
    let offset = peak << 3;
    for (let channel = 0; channel < turns.channels; channel++, offset += turns.strideBytes) {
      const xRe = load<f32>(turns.spectra + offset);
      const xIm = load<f32>(turns.spectra + offset, 4);
      const lastRe = load<f32>(turns.lastSpectra + offset);
      const lastIm = load<f32>(turns.lastSpectra + offset, 4);
      re += xRe * lastRe + xIm * lastIm;
      im += xIm * lastRe - xRe * lastIm;
    }
    store<f32>(turns.productRe + i, re);
    store<f32>(turns.productIm + i, im);
  }
}

/** Per peak: Y conj(X'), summed over its three bins and the channels, in length 1; 0 in silence. */
export function gatherFromEarlier(turns: PeakTurns): void {
  for (let i: usize = 0, end = (<usize>turns.peakCount) << 2; i < end; i += 4) {
    const peak = <usize>load<i32>(turns.peaks + i);
    let re: f64 = 0;
    let im: f64 = 0;
    const from = max<isize>(0, <isize>peak - 1);
    const to = <isize>peak + 1;
    for (let k = from; k <= to; k++) {
      let productRe: f64 = 0;
      let productIm: f64 = 0;
      let offset = (<usize>k) << 3;
      const turnRe = <f64>load<f32>(turns.turns + offset);
      const turnIm = <f64>load<f32>(turns.turns + offset, 4);
      for (let channel = 0; channel < turns.channels; channel++, offset += turns.strideBytes) {
        const lastRe = <f64>load<f32>(turns.lastSpectra + offset);
        const lastIm = <f64>load<f32>(turns.lastSpectra + offset, 4);
        const xRe = <f64>load<f32>(turns.earlierSpectra + offset);
        const xIm = <f64>load<f32>(turns.earlierSpectra + offset, 4);
        productRe += lastRe * xRe + lastIm * xIm;
        productIm += lastIm * xRe - lastRe * xIm;
      }
      re += productRe * turnRe - productIm * turnIm;
      im += productRe * turnIm + productIm * turnRe;
    }
    const square = re * re + im * im;
    const scale = square < SMALLEST_SQUARE ? 0 : 1 / Math.sqrt(square);
    store<f32>(turns.peakRe + i, <f32>(re * scale));
    store<f32>(turns.peakIm + i, <f32>(im * scale));
  }
}

/**
 * Turns the spectra: every bin by the turn of the peak that it is nearer to than to the next one.
 * @returns whether every turn is exactly 1
 */
export function turnPeaks(turns: PeakTurns): bool {
  const peaks = turns.peaks;
  const last = turns.peakCount - 1;
  let untouched = true;
  let bin = 0;
  for (let i = 0; i <= last; i++) {
    const at = (<usize>i) << 2;
    const peak = load<i32>(peaks + at);
    const end = i < last ? (peak + load<i32>(peaks + at, 4) + 1) >> 1 : turns.bins;
    let re = load<f32>(turns.peakRe + at);
    let im = load<f32>(turns.peakIm + at);
    if (
      turns.atOnset &&
      (sumAround(turns.energies, peak) > ONSET_GROWTH * sumAround(turns.earlierEnergies, peak) ||
        !isSteady(turns, peak))
    ) {
      re = 1;
      im = 0;
    } else if (im === 0 && re > 0) {
      re = 1;
    } else if (turns.returning) {
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
    untouched = untouched && re === 1 && im === 0;
    const pairs = f32x4(re, im, re, im);
    const res = f32x4.splat(re);
    const ims = f32x4(-im, im, -im, im);
    // Two bins at a time, perhaps one too far: the next peak writes it again.
    const from = (<usize>bin) << 3;
    const to = (<usize>end) << 3;
    for (let k = from; k < to; k += 16) v128.store(turns.turns + k, pairs);
    let spectrum = turns.spectra;
    let output = turns.output;
    for (let channel = 0; channel < turns.channels; channel++) {
      for (let k = from; k < to; k += 16) {
        const value = v128.load(spectrum + k);
        const swapped = v128.shuffle<f32>(value, value, 1, 0, 3, 2);
        v128.store(output + k, f32x4.add(f32x4.mul(value, res), f32x4.mul(swapped, ims)));
      }
      spectrum += turns.strideBytes;
      output += turns.strideBytes;
    }
    bin = end;
  }
  return untouched;
}
