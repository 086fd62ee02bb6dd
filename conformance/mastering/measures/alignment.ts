import { transform } from './fourier.ts';

/** How far output may be from input in time. */
const LONGEST_LAG_SECONDS = 0.5;
/** Longest stretch that is compared. */
const LONGEST_FRAMES = 2 ** 19;

/** Frames by which `output` comes later than `input`, where their correlation is largest; may be negative. */
export function lagFrames(input: Float64Array, output: Float64Array, sampleRate: number): number {
  const frames = Math.min(input.length, output.length, LONGEST_FRAMES);
  const longest = Math.round(LONGEST_LAG_SECONDS * sampleRate);
  let size = 1;
  while (size < frames + longest) size *= 2;
  // Both real signals in one transform; their product in the spectrum is the correlation.
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  real.set(input.subarray(0, frames));
  imaginary.set(output.subarray(0, frames));
  transform(real, imaginary);
  const productReal = new Float64Array(size);
  const productImaginary = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    const mirror = (size - k) % size;
    const xRe = (real[k]! + real[mirror]!) / 2;
    const xIm = (imaginary[k]! - imaginary[mirror]!) / 2;
    const yRe = (imaginary[k]! + imaginary[mirror]!) / 2;
    const yIm = (real[mirror]! - real[k]!) / 2;
    // X times conj(Y): its forward transform is the correlation over the lag.
    productReal[k] = xRe * yRe + xIm * yIm;
    productImaginary[k] = xIm * yRe - xRe * yIm;
  }
  transform(productReal, productImaginary);
  let best = 0;
  for (let lag = -longest; lag <= longest; lag++) {
    if (productReal[(lag + size) % size]! > productReal[(best + size) % size]!) best = lag;
  }
  return best;
}
