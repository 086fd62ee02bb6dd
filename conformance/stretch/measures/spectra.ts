import { hann, transform } from '../../mastering/measures/fourier.ts';

/** Powers of the bins 0 to size / 2 of a Hann window around a moment of one or two real signals at once. */
export class Spectra {
  readonly size: number;
  readonly #window: Float64Array;
  readonly #real: Float64Array;
  readonly #imaginary: Float64Array;

  constructor(size: number) {
    this.size = size;
    this.#window = hann(size);
    this.#real = new Float64Array(size);
    this.#imaginary = new Float64Array(size);
  }

  /** Complex spectra of both signals around a frame, as [re, im] of the one and of the other. */
  pair(
    a: Float64Array,
    b: Float64Array,
    centreA: number,
    centreB: number,
  ): readonly [Float64Array, Float64Array, Float64Array, Float64Array] {
    const { size } = this;
    for (let i = 0; i < size; i++) {
      this.#real[i] = this.#window[i]! * (a[centreA - size / 2 + i] ?? 0);
      this.#imaginary[i] = this.#window[i]! * (b[centreB - size / 2 + i] ?? 0);
    }
    transform(this.#real, this.#imaginary);
    const bins = size / 2 + 1;
    const [aRe, aIm, bRe, bIm] = Array.from({ length: 4 }, () => new Float64Array(bins));
    for (let k = 0; k < bins; k++) {
      const mirror = (size - k) % size;
      aRe![k] = (this.#real[k]! + this.#real[mirror]!) / 2;
      aIm![k] = (this.#imaginary[k]! - this.#imaginary[mirror]!) / 2;
      bRe![k] = (this.#imaginary[k]! + this.#imaginary[mirror]!) / 2;
      bIm![k] = (this.#real[mirror]! - this.#real[k]!) / 2;
    }
    return [aRe!, aIm!, bRe!, bIm!];
  }

  /** Powers of both around a frame. */
  powers(a: Float64Array, b: Float64Array, centreA: number, centreB: number): readonly [Float64Array, Float64Array] {
    const [aRe, aIm, bRe, bIm] = this.pair(a, b, centreA, centreB);
    const power = (re: Float64Array, im: Float64Array) => re.map((value, k) => value * value + im[k]! ** 2);
    return [power(aRe, aIm), power(bRe, bIm)];
  }
}
