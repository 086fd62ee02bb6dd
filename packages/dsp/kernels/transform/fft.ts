// Real FFT of power-of-two size N through a complex FFT of M = N / 2: even samples are the real parts, odd samples the
// imaginary parts, and one pass over the result separates the two spectra.
// Source: Press et al., "Numerical Recipes", 3rd ed., section 12.3.2.
import { arenaAllocate } from '../memory/arena';
import { firstPass, radix2Pass, radix4Pass } from './fft-passes';

const SMALLEST_SIZE: i32 = 32;
const LARGEST_SIZE: i32 = 262144;

/** Twiddle factors and scratch memory of one size. Not to be used by two transforms at once. */
@unmanaged
class FftPlan {
  size: i32;
  /** M, complex values. */
  count: i32;
  /** Of all passes, first to last, as the passes read them. */
  twiddles: usize;
  /** exp(-2 pi i k / N) / 2 for k < M / 2, split in groups of four: re x 4, im x 4. */
  separation: usize;
  /** Two split arrays of M complex values, with room for one more. */
  scratchA: usize;
  scratchB: usize;
  /** Bytes from a real part to its imaginary part in the scratch arrays. */
  imaginary: usize;
}

function storeTwiddle(target: usize, numerator: i32, denominator: i32, scale: f64, imaginary: usize): void {
  const angle = (-2.0 * Math.PI * <f64>numerator) / <f64>denominator;
  store<f32>(target, <f32>(scale * Math.cos(angle)));
  store<f32>(target + imaginary, <f32>(scale * Math.sin(angle)));
}

/**
 * Plan for transforms of `size` samples, a power of two from 32 to 262144: twiddle factors, computed in f64, and scratch.
 * @returns 0 when the size is not one of those or there is no memory left
 */
export function fftCreate(size: i32): usize {
  if (size < SMALLEST_SIZE || size > LARGEST_SIZE || (size & (size - 1)) !== 0) return 0;
  const count = size >> 1;
  // A set of a cache repeats every 4 KiB: without the odd 64 bytes, all streams of a pass would fall into the same sets.
  const imaginary = ((<usize>count) << 2) + 64;
  const pointer = arenaAllocate(offsetof<FftPlan>());
  const twiddles = arenaAllocate((<usize>count) << 3);
  const separation = arenaAllocate((<usize>count) << 2);
  const scratchA = arenaAllocate(2 * imaginary + 32);
  const scratchB = arenaAllocate(2 * imaginary + 32);
  if (pointer === 0 || twiddles === 0 || separation === 0 || scratchA === 0 || scratchB === 0) return 0;
  const plan = changetype<FftPlan>(pointer);
  plan.size = size;
  plan.count = count;
  plan.twiddles = twiddles;
  plan.separation = separation;
  plan.scratchA = scratchA;
  plan.scratchB = scratchB;
  plan.imaginary = imaginary;

  let at = twiddles;
  for (let p = 0; p < count >> 2; p += 4) {
    for (let power = 1; power <= 3; power++, at += 32) {
      for (let lane = 0; lane < 4; lane++) storeTwiddle(at + ((<usize>lane) << 2), power * (p + lane), count, 1, 16);
    }
  }
  for (let n = count >> 2; n >= 4; n >>= 2) {
    for (let p = 1; p < n >> 2; p++) {
      for (let power = 1; power <= 3; power++, at += 8) storeTwiddle(at, power * p, n, 1, 4);
    }
  }
  for (let k = 0; k < count >> 1; k++) {
    storeTwiddle(separation + ((<usize>(k >> 2)) << 5) + ((<usize>(k & 3)) << 2), k, size, 0.5, 16);
  }
  return pointer;
}

/** All passes after the first, from scratch A on; returns the array that holds the result. */
function remainingPasses(plan: FftPlan): usize {
  let source = plan.scratchA;
  let target = plan.scratchB;
  let twiddles = plan.twiddles + <usize>(plan.count >> 2) * 24;
  let s = 4;
  let n = plan.count >> 2;
  for (; n >= 4; n >>= 2, s <<= 2) {
    radix4Pass(source, target, plan.imaginary, twiddles, n, s);
    twiddles += <usize>((n >> 2) - 1) * 24;
    const swap = source;
    source = target;
    target = swap;
  }
  if (n === 2) {
    radix2Pass(source, target, plan.imaginary, s);
    source = target;
  }
  return source;
}

/**
 * Spectrum of a real signal: X[k] = sum over n of x[n] exp(-2 pi i k n / size), unscaled.
 * @param input `size` samples; not written to, unless it is also the spectrum's memory
 * @param spectrum size / 2 + 1 interleaved pairs (re, im) from 0 Hz to half the sample rate; may be the input's memory
 */
export function fftForward(pointer: usize, input: usize, spectrum: usize): void {
  const plan = changetype<FftPlan>(pointer);
  const count = plan.count;
  firstPass(input, 0, plan.scratchA, plan.imaginary, plan.twiddles, count, true);
  const real = remainingPasses(plan);
  const imaginary = plan.imaginary;
  // Z[M] = Z[0], so that the mirror of bin 0 is where the loop looks for it.
  store<f32>(real + ((<usize>count) << 2), load<f32>(real));
  store<f32>(real + imaginary + ((<usize>count) << 2), load<f32>(real + imaginary));
  const half = f32x4.splat(0.5);
  let low = real;
  let high = real + ((<usize>(count - 3)) << 2);
  let lowBins = spectrum;
  let highBins = spectrum + ((<usize>(count - 3)) << 3);
  let separation = plan.separation;
  for (const end = low + ((<usize>count) << 1); low < end; low += 16, high -= 16, separation += 32) {
    const zRe = v128.load(low);
    const zIm = v128.load(low + imaginary);
    let mirrorRe = v128.load(high);
    let mirrorIm = v128.load(high + imaginary);
    mirrorRe = v128.shuffle<f32>(mirrorRe, mirrorRe, 3, 2, 1, 0);
    mirrorIm = v128.shuffle<f32>(mirrorIm, mirrorIm, 3, 2, 1, 0);
    // Spectrum of the even samples, and twice that of the odd ones.
    const evenRe = f32x4.mul(half, f32x4.add(zRe, mirrorRe));
    const evenIm = f32x4.mul(half, f32x4.sub(zIm, mirrorIm));
    const oddRe = f32x4.add(zIm, mirrorIm);
    const oddIm = f32x4.sub(mirrorRe, zRe);
    const wRe = v128.load(separation);
    const wIm = v128.load(separation, 16);
    const turnedRe = f32x4.sub(f32x4.mul(oddRe, wRe), f32x4.mul(oddIm, wIm));
    const turnedIm = f32x4.add(f32x4.mul(oddRe, wIm), f32x4.mul(oddIm, wRe));
    let re = f32x4.add(evenRe, turnedRe);
    let im = f32x4.add(evenIm, turnedIm);
    v128.store(lowBins, v128.shuffle<f32>(re, im, 0, 4, 1, 5));
    v128.store(lowBins, v128.shuffle<f32>(re, im, 2, 6, 3, 7), 16);
    re = f32x4.sub(evenRe, turnedRe);
    im = f32x4.sub(turnedIm, evenIm);
    v128.store(highBins, v128.shuffle<f32>(re, im, 3, 7, 2, 6));
    v128.store(highBins, v128.shuffle<f32>(re, im, 1, 5, 0, 4), 16);
    lowBins += 32;
    highBins -= 32;
  }
  const middle = <usize>(count >> 1);
  store<f32>(spectrum + (middle << 3), load<f32>(real + (middle << 2)));
  store<f32>(spectrum + (middle << 3), -load<f32>(real + imaginary + (middle << 2)), 4);
}

/**
 * Inverse of `fftForward`, scaled by 1 / size. The imaginary parts of the first and the last bin are taken as zero.
 * @param spectrum size / 2 + 1 interleaved pairs; not written to, unless it is also the output's memory
 * @param output `size` samples; may be the spectrum's memory
 */
export function fftInverse(pointer: usize, spectrum: usize, output: usize): void {
  const plan = changetype<FftPlan>(pointer);
  const count = plan.count;
  const imaginary = plan.imaginary;
  // The inverse is the forward transform with real and imaginary parts swapped, before and after: `scratchB` holds the
  // imaginary parts in front.
  const target = plan.scratchB;
  const scale = f32x4.splat(<f32>(1.0 / <f64>count));
  const half = f32x4.splat(<f32>(0.5 / <f64>count));
  let low = target;
  let high = target + ((<usize>(count - 3)) << 2);
  let lowBins = spectrum;
  let highBins = spectrum + ((<usize>(count - 3)) << 3);
  let separation = plan.separation;
  for (const end = low + ((<usize>count) << 1); low < end; low += 16, high -= 16, separation += 32) {
    let first = v128.load(lowBins);
    let second = v128.load(lowBins, 16);
    const xRe = v128.shuffle<f32>(first, second, 0, 2, 4, 6);
    const xIm = v128.shuffle<f32>(first, second, 1, 3, 5, 7);
    first = v128.load(highBins);
    second = v128.load(highBins, 16);
    const mirrorRe = v128.shuffle<f32>(first, second, 6, 4, 2, 0);
    const mirrorIm = v128.shuffle<f32>(first, second, 7, 5, 3, 1);
    const evenRe = f32x4.mul(half, f32x4.add(xRe, mirrorRe));
    const evenIm = f32x4.mul(half, f32x4.sub(xIm, mirrorIm));
    const differenceRe = f32x4.mul(scale, f32x4.sub(xRe, mirrorRe));
    const differenceIm = f32x4.mul(scale, f32x4.add(xIm, mirrorIm));
    const wRe = v128.load(separation);
    const wIm = v128.load(separation, 16);
    const oddRe = f32x4.add(f32x4.mul(differenceRe, wRe), f32x4.mul(differenceIm, wIm));
    const oddIm = f32x4.sub(f32x4.mul(differenceIm, wRe), f32x4.mul(differenceRe, wIm));
    v128.store(low + imaginary, f32x4.sub(evenRe, oddIm));
    v128.store(low, f32x4.add(evenIm, oddRe));
    const re = f32x4.add(evenRe, oddIm);
    const im = f32x4.sub(oddRe, evenIm);
    v128.store(high + imaginary, v128.shuffle<f32>(re, re, 3, 2, 1, 0));
    v128.store(high, v128.shuffle<f32>(im, im, 3, 2, 1, 0));
    lowBins += 32;
    highBins -= 32;
  }
  const first = load<f32>(spectrum);
  const last = load<f32>(spectrum + ((<usize>count) << 3));
  const halfScale = <f32>(0.5 / <f64>count);
  store<f32>(target + imaginary, halfScale * (first + last));
  store<f32>(target, halfScale * (first - last));
  const middle = <usize>(count >> 1);
  const fullScale = <f32>(1.0 / <f64>count);
  store<f32>(target + imaginary + (middle << 2), fullScale * load<f32>(spectrum + (middle << 3)));
  store<f32>(target + (middle << 2), -fullScale * load<f32>(spectrum + (middle << 3), 4));

  firstPass(target, imaginary, plan.scratchA, imaginary, plan.twiddles, count, false);
  let real = remainingPasses(plan);
  for (const end = real + ((<usize>count) << 2); real < end; real += 16, output += 32) {
    const im = v128.load(real);
    const re = v128.load(real + imaginary);
    v128.store(output, v128.shuffle<f32>(re, im, 0, 4, 1, 5));
    v128.store(output, v128.shuffle<f32>(re, im, 2, 6, 3, 7), 16);
  }
}

/**
 * Filters two real signals of size / 2 samples, as if they went round in a circle, with a filter of zero phase: they are the
 * real and the imaginary part of one complex signal, whose spectrum a real and even response scales as it is.
 * @param gains of size / 2 frequencies, the upper half the lower one mirrored, divided by size / 2
 * @returns the first result; the second one is `fftPairStride` bytes behind it. Good until the plan's next transform
 */
export function fftFilterPair(pointer: usize, first: usize, second: usize, gains: usize): usize {
  const plan = changetype<FftPlan>(pointer);
  const count = plan.count;
  const imaginary = plan.imaginary;
  firstPass(first, second - first, plan.scratchA, imaginary, plan.twiddles, count, false);
  let source = remainingPasses(plan);
  const target = plan.scratchB;
  for (let at = target, end = at + ((<usize>count) << 2); at < end; at += 16, source += 16, gains += 16) {
    const gain = v128.load(gains);
    v128.store(at, f32x4.mul(gain, v128.load(source)));
    v128.store(at + imaginary, f32x4.mul(gain, v128.load(source + imaginary)));
  }
  // The inverse is the forward transform with real and imaginary parts swapped, before and after.
  firstPass(target + imaginary, -imaginary, plan.scratchA, imaginary, plan.twiddles, count, false);
  return remainingPasses(plan) + imaginary;
}

/** Bytes from the first result of `fftFilterPair` to the second one, modulo 2^32. */
export function fftPairStride(pointer: usize): usize {
  return -changetype<FftPlan>(pointer).imaginary;
}
