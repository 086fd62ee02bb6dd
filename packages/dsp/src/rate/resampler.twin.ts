function bessel0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; k < 80; k++) {
    term *= (x / 2 / k) ** 2;
    sum += term;
  }
  return sum;
}

/**
 * Plain float64 form of `Resampler` for one channel and a whole signal: every output is a sum over the taps of its phase.
 * Taps are kept once computed, so that a second call takes only the time of filtering.
 */
export class ResamplerTwin {
  readonly #fromRate: number;
  readonly #toRate: number;
  readonly #taps: number;
  readonly #cutoff: number;
  readonly #rows: Float64Array[] = [];

  constructor(fromRate: number, toRate: number, passBand = 0.9, stopBand = 1) {
    const lower = Math.min(fromRate, toRate) / fromRate;
    this.#fromRate = fromRate;
    this.#toRate = toRate;
    this.#taps = Math.ceil(((101 - 7.95) / (2.285 * Math.PI * (stopBand - passBand) * lower) + 1) / 8) * 8;
    this.#cutoff = ((passBand + stopBand) * lower) / 4;
  }

  convert(samples: ArrayLike<number>): Float64Array {
    const padded = new Float64Array(samples.length + 2 * this.#taps);
    for (let i = 0; i < samples.length; i++) padded[this.#taps + i] = samples[i]!;
    const output = new Float64Array(Math.round((samples.length * this.#toRate) / this.#fromRate));
    for (let k = 0; k < output.length; k++) {
      const remainder = (k * this.#fromRate) % this.#toRate;
      const row = this.#rowOf(remainder);
      const first = this.#taps / 2 + 1 + (k * this.#fromRate - remainder) / this.#toRate;
      let sum = 0;
      for (let i = 0; i < row.length; i++) sum += row[i]! * padded[first + i]!;
      output[k] = sum;
    }
    return output;
  }

  #rowOf(remainder: number): Float64Array {
    const known = this.#rows[remainder];
    if (known) return known;
    const half = this.#taps / 2;
    const beta = 0.1102 * (101 - 8.7);
    const row = Float64Array.from({ length: this.#taps }, (_, i) => {
      const t = i + 1 - half - remainder / this.#toRate;
      const angle = 2 * Math.PI * this.#cutoff * t;
      const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
      return Math.abs(t) < half ? (sinc * bessel0(beta * Math.sqrt(1 - (t / half) ** 2))) / bessel0(beta) : 0;
    });
    const sum = row.reduce((a, b) => a + b, 0);
    this.#rows[remainder] = row.map((tap) => tap / sum);
    return this.#rows[remainder]!;
  }
}
