// How far peaks turn where a frame does not follow the last one at unit rate: by their frequencies, each of which is read
// from the distance that the phase of the peak came between both frames. Phases are counted in whole turns and taken
// against that of the peak's bin, so that a frequency is told from others as long as it is within 3/2 bins of the peak, for
// frames a third of their length apart.
// Source: J. L. Flanagan and R. M. Golden, "Phase vocoder", Bell System Technical Journal 45 (1966).

import { PeakTurns } from './phase-lock';

/** arctan(a) / (2 pi) for 0 <= a <= 1, within 2e-6: M. Abramowitz and I. Stegun, "Handbook of Mathematical Functions", 4.4.49. */
const ATAN_1: f32 = <f32>(0.999866 / (2 * Math.PI));
const ATAN_3: f32 = <f32>(-0.3302995 / (2 * Math.PI));
const ATAN_5: f32 = <f32>(0.180141 / (2 * Math.PI));
const ATAN_7: f32 = <f32>(-0.085133 / (2 * Math.PI));
const ATAN_9: f32 = <f32>(0.0208351 / (2 * Math.PI));
/** Terms of the series of sine and cosine, for angles up to pi / 2: within 4e-6. */
const SINE_3: f32 = -1.0 / 6.0;
const SINE_5: f32 = 1.0 / 120.0;
const SINE_7: f32 = -1.0 / 5040.0;
const SINE_9: f32 = 1.0 / 362880.0;
const COSINE_4: f32 = 1.0 / 24.0;
const COSINE_6: f32 = -1.0 / 720.0;
const COSINE_8: f32 = 1.0 / 40320.0;
const COSINE_10: f32 = -1.0 / 3628800.0;
/** Square of a sum of turns under which it has no direction. */
const SMALLEST_SQUARE: f32 = 1e-20;

/** Angles of re + i im in turns, -1/2 to 1/2. */
function angle4(re: v128, im: v128): v128 {
  const absRe = f32x4.abs(re);
  const absIm = f32x4.abs(im);
  const larger = f32x4.max(f32x4.max(absRe, absIm), f32x4.splat(1e-37));
  const ratio = f32x4.div(f32x4.min(absRe, absIm), larger);
  const square = f32x4.mul(ratio, ratio);
  let series = f32x4.add(f32x4.splat(ATAN_7), f32x4.mul(square, f32x4.splat(ATAN_9)));
  series = f32x4.add(f32x4.splat(ATAN_5), f32x4.mul(square, series));
  series = f32x4.add(f32x4.splat(ATAN_3), f32x4.mul(square, series));
  let angle = f32x4.mul(ratio, f32x4.add(f32x4.splat(ATAN_1), f32x4.mul(square, series)));
  angle = v128.bitselect(f32x4.sub(f32x4.splat(0.25), angle), angle, f32x4.gt(absIm, absRe));
  angle = v128.bitselect(f32x4.sub(f32x4.splat(0.5), angle), angle, f32x4.lt(re, f32x4.splat(0)));
  return v128.bitselect(f32x4.neg(angle), angle, f32x4.lt(im, f32x4.splat(0)));
}

/** x less the nearest whole number. */
function fraction4(x: v128): v128 {
  return f32x4.sub(x, f32x4.nearest(x));
}

/**
 * Turns the turns of peaks back by what their frequencies make in `shift` samples: the frame lies so much further on than the
 * output does.
 * @param distance samples from the last frame to this one, above 0
 * @param size samples of a transform
 */
export function followFrequencies(turns: PeakTurns, distance: i32, shift: i32, size: i32): void {
  const peaks = turns.peaks;
  const turnRe = turns.peakRe;
  const turnIm = turns.peakIm;
  const mask = i32x4.splat(size - 1);
  const perBin = f32x4.splat(1 / <f32>size);
  const share = f32x4.splat(<f32>shift / <f32>distance);
  for (let i: usize = 0, end = (<usize>turns.peakCount) << 2; i < end; i += 16) {
    const bins = v128.load(peaks + i);
    const cameBins = v128.and(i32x4.mul(bins, i32x4.splat(distance)), mask);
    const shiftBins = v128.and(i32x4.mul(bins, i32x4.splat(shift)), mask);
    const came = f32x4.mul(perBin, f32x4.convert_i32x4_s(cameBins));
    const beside = fraction4(f32x4.sub(angle4(v128.load(turns.productRe + i), v128.load(turns.productIm + i)), came));
    const back = f32x4.add(f32x4.mul(share, beside), f32x4.mul(perBin, f32x4.convert_i32x4_s(shiftBins)));
    // Sine and cosine of half of the angle, then of all of it.
    const x = f32x4.mul(f32x4.splat(<f32>-Math.PI), fraction4(back));
    const square = f32x4.mul(x, x);
    let sine = f32x4.add(f32x4.splat(SINE_7), f32x4.mul(square, f32x4.splat(SINE_9)));
    sine = f32x4.add(f32x4.splat(SINE_5), f32x4.mul(square, sine));
    sine = f32x4.add(f32x4.splat(SINE_3), f32x4.mul(square, sine));
    sine = f32x4.mul(x, f32x4.add(f32x4.splat(1), f32x4.mul(square, sine)));
    let cosine = f32x4.add(f32x4.splat(COSINE_8), f32x4.mul(square, f32x4.splat(COSINE_10)));
    cosine = f32x4.add(f32x4.splat(COSINE_6), f32x4.mul(square, cosine));
    cosine = f32x4.add(f32x4.splat(COSINE_4), f32x4.mul(square, cosine));
    cosine = f32x4.add(f32x4.splat(-0.5), f32x4.mul(square, cosine));
    cosine = f32x4.add(f32x4.splat(1), f32x4.mul(square, cosine));
    const twice = f32x4.add(sine, sine);
    const turnByIm = f32x4.mul(twice, cosine);
    const turnByRe = f32x4.sub(f32x4.splat(1), f32x4.mul(twice, sine));
    const lastRe = v128.load(turnRe + i);
    const lastIm = v128.load(turnIm + i);
    v128.store(turnRe + i, f32x4.sub(f32x4.mul(lastRe, turnByRe), f32x4.mul(lastIm, turnByIm)));
    v128.store(turnIm + i, f32x4.add(f32x4.mul(lastRe, turnByIm), f32x4.mul(lastIm, turnByRe)));
  }
}

/** Scales sums of turns, at most 1, to length 1; those that come to nothing become 1. */
export function normaliseTurns(turns: PeakTurns): void {
  const turnRe = turns.peakRe;
  const turnIm = turns.peakIm;
  for (let i: usize = 0, end = (<usize>turns.peakCount) << 2; i < end; i += 16) {
    const re = v128.load(turnRe + i);
    const im = v128.load(turnIm + i);
    const square = f32x4.add(f32x4.mul(re, re), f32x4.mul(im, im));
    const isSomething = f32x4.gt(square, f32x4.splat(SMALLEST_SQUARE));
    const scale = f32x4.div(f32x4.splat(1), f32x4.sqrt(square));
    v128.store(turnRe + i, v128.bitselect(f32x4.mul(re, scale), f32x4.splat(1), isSomething));
    v128.store(turnIm + i, v128.bitselect(f32x4.mul(im, scale), f32x4.splat(0), isSomething));
  }
}
