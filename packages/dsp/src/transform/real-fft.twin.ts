/**
 * Plain float64 real FFT: a radix-2 complex FFT of half the size, in place, and the separation of the two spectra
 * (Press et al., "Numerical Recipes", 3rd ed., chapter 12).
 */
export class RealFftTwin {
  readonly size: number;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;
  readonly #reversed: Uint32Array;
  readonly #re: Float64Array;
  readonly #im: Float64Array;

  constructor(size: number) {
    const count = size / 2;
    this.size = size;
    this.#cos = Float64Array.from({ length: count }, (_, k) => Math.cos((2 * Math.PI * k) / size));
    this.#sin = Float64Array.from({ length: count }, (_, k) => Math.sin((2 * Math.PI * k) / size));
    const bits = Math.log2(count);
    this.#reversed = Uint32Array.from({ length: count }, (_, i) => {
      let reversed = 0;
      for (let bit = 0; bit < bits; bit++) reversed |= ((i >> bit) & 1) << (bits - 1 - bit);
      return reversed;
    });
    this.#re = new Float64Array(count);
    this.#im = new Float64Array(count);
  }

  /** As `RealFft.forward`. */
  forward(frame: Float64Array, spectrum: Float64Array): void {
    const count = this.size / 2;
    const re = this.#re;
    const im = this.#im;
    const cos = this.#cos;
    const sin = this.#sin;
    const reversed = this.#reversed;
    for (let i = 0; i < count; i++) {
      const from = reversed[i]! * 2;
      re[i] = frame[from]!;
      im[i] = frame[from + 1]!;
    }
    for (let half = 1; half < count; half *= 2) {
      const stride = count / half;
      for (let k = 0; k < half; k++) {
        const wRe = cos[k * stride]!;
        const wIm = -sin[k * stride]!;
        for (let a = k; a < count; a += 2 * half) {
          const b = a + half;
          const aRe = re[a]!;
          const aIm = im[a]!;
          const bRe = re[b]! * wRe - im[b]! * wIm;
          const bIm = re[b]! * wIm + im[b]! * wRe;
          re[a] = aRe + bRe;
          im[a] = aIm + bIm;
          re[b] = aRe - bRe;
          im[b] = aIm - bIm;
        }
      }
    }
    spectrum[0] = re[0]! + im[0]!;
    spectrum[1] = 0;
    spectrum[this.size] = re[0]! - im[0]!;
    spectrum[this.size + 1] = 0;
    for (let k = 1; k < count; k++) {
      const mirror = count - k;
      const evenRe = (re[k]! + re[mirror]!) / 2;
      const evenIm = (im[k]! - im[mirror]!) / 2;
      const oddRe = (im[k]! + im[mirror]!) / 2;
      const oddIm = (re[mirror]! - re[k]!) / 2;
      spectrum[2 * k] = evenRe + oddRe * cos[k]! + oddIm * sin[k]!;
      spectrum[2 * k + 1] = evenIm + oddIm * cos[k]! - oddRe * sin[k]!;
    }
  }
}
