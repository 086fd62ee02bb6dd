/**
 * Discrete Fourier transform in place, of a length that is a power of two. Forward: the sum over n of x[n] times
 * exp(-2 pi i k n / N), not scaled.
 * Source: J. Cooley and J. Tukey, "An Algorithm for the Machine Calculation of Complex Fourier Series",
 * Mathematics of Computation 19 (1965).
 */
export function transform(real: Float64Array, imaginary: Float64Array): void {
  const length = real.length;
  for (let i = 1, reversed = 0; i < length; i++) {
    let bit = length >> 1;
    for (; reversed & bit; bit >>= 1) reversed ^= bit;
    reversed ^= bit;
    if (i < reversed) {
      [real[i], real[reversed]] = [real[reversed]!, real[i]!];
      [imaginary[i], imaginary[reversed]] = [imaginary[reversed]!, imaginary[i]!];
    }
  }
  for (let size = 2; size <= length; size *= 2) {
    const half = size / 2;
    for (let k = 0; k < half; k++) {
      const cosine = Math.cos((2 * Math.PI * k) / size);
      const sine = -Math.sin((2 * Math.PI * k) / size);
      for (let a = k; a < length; a += size) {
        const b = a + half;
        const re = real[b]! * cosine - imaginary[b]! * sine;
        const im = real[b]! * sine + imaginary[b]! * cosine;
        real[b] = real[a]! - re;
        imaginary[b] = imaginary[a]! - im;
        real[a]! += re;
        imaginary[a]! += im;
      }
    }
  }
}

/** A Hann window whose repetitions at half of its length sum to 1. */
export function hann(length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / length));
}
