export type FilterMode = 'low' | 'high' | 'band';

/** Highest usable cutoff as a share of the sample rate. */
const HIGHEST_SHARE = 0.45;

const MODE_WEIGHTS = {
  low: [0, 0, 1],
  high: [1, -1, -1],
  band: [0, 1, 0],
} as const;

/**
 * Two-pole state-variable filter in the trapezoidal form, stable while its cutoff moves.
 * Source: A. Simper, "Solving the continuous SVF equations using trapezoidal integration", Cytomic, 2013.
 */
export class StateVariableFilter {
  readonly #sampleRate: number;
  readonly #weights: readonly [number, number, number];
  #state1 = 0;
  #state2 = 0;
  #damping = 1;
  #a1 = 1;
  #a2 = 0;
  #a3 = 0;

  constructor(mode: FilterMode, sampleRate: number) {
    this.#sampleRate = sampleRate;
    this.#weights = MODE_WEIGHTS[mode];
  }

  /** @param resonance quality factor; 0.707 is flat */
  tune(cutoffHz: number, resonance: number): void {
    const g = Math.tan(Math.PI * Math.min(HIGHEST_SHARE, cutoffHz / this.#sampleRate));
    this.#damping = 1 / resonance;
    this.#a1 = 1 / (1 + g * (g + this.#damping));
    this.#a2 = g * this.#a1;
    this.#a3 = g * this.#a2;
  }

  /** Filters samples [from, to) in place. */
  process(samples: Float32Array, from: number, to: number): void {
    const [inputWeight, bandWeight, lowWeight] = this.#weights;
    const bandGain = bandWeight === -1 ? -this.#damping : bandWeight;
    const a1 = this.#a1;
    const a2 = this.#a2;
    const a3 = this.#a3;
    let s1 = this.#state1;
    let s2 = this.#state2;
    for (let i = from; i < to; i++) {
      const input = samples[i]!;
      const v3 = input - s2;
      const band = a1 * s1 + a2 * v3;
      const low = s2 + a2 * s1 + a3 * v3;
      s1 = 2 * band - s1;
      s2 = 2 * low - s2;
      samples[i] = inputWeight * input + bandGain * band + lowWeight * low;
    }
    // A decaying state would end in denormal numbers, which are slow.
    this.#state1 = Math.abs(s1) < 1e-20 ? 0 : s1;
    this.#state2 = Math.abs(s2) < 1e-20 ? 0 : s2;
  }
}

/** Filters a whole buffer in place with a fixed cutoff. */
export function filterWhole(
  samples: Float32Array,
  mode: FilterMode,
  cutoffHz: number,
  resonance: number,
  sampleRate: number,
): void {
  const filter = new StateVariableFilter(mode, sampleRate);
  filter.tune(cutoffHz, resonance);
  filter.process(samples, 0, samples.length);
}
