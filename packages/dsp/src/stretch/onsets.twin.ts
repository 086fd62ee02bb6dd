import { RealFftTwin } from '../transform/real-fft.twin.ts';

const BAND_BINS = 4;
const HIGHEST_HZ = 16_000;
const POWER_FLOOR = 1e-11;
const LARGEST_RISE = 5.5;
const ONSET_RISE = 0.7;
const PEAK_CELLS = 4;
const BLOCKS = 32;

/** Where something begins, as a source frame, and how strongly. */
export interface OnsetTwin {
  readonly frame: number;
  readonly strength: number;
}

/** Plain float64 form of the search for onsets in kernels/stretch/onsets.ts, over a whole source. */
export class OnsetDetectorTwin {
  readonly #source: readonly Float64Array[];
  readonly #size: number;
  readonly #hop: number;
  readonly #bands: number;
  readonly #fft: RealFftTwin;
  readonly #window: Float64Array;
  readonly #frame: Float64Array;
  readonly #spectrum: Float64Array;
  readonly #levels = new Map<number, Float64Array>();
  readonly #onsets: OnsetTwin[] = [];
  #nextCell = Number.NEGATIVE_INFINITY;

  constructor(source: readonly Float64Array[], size: number, sampleRate: number) {
    this.#source = source;
    this.#size = size;
    this.#hop = size / 2;
    this.#bands = Math.min(Math.floor((HIGHEST_HZ * size) / (sampleRate * BAND_BINS)), size / (2 * BAND_BINS));
    this.#fft = new RealFftTwin(size);
    this.#window = Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size));
    this.#frame = new Float64Array(size);
    this.#spectrum = new Float64Array(size + 2);
  }

  /** All onsets from source frame `from` to `to`, and perhaps some later ones; calls must move forward. */
  find(from: number, to: number): readonly OnsetTwin[] {
    const last = Math.ceil(to / this.#hop) + 2;
    for (let cell = Math.max(this.#nextCell, Math.floor(from / this.#hop) - 2); cell <= last; cell++) {
      if (this.#isOnset(cell)) this.#onsets.push({ frame: this.#place(cell), strength: this.#rise(cell) });
      this.#levels.delete(cell - 2 * PEAK_CELLS);
      this.#nextCell = cell + 1;
    }
    while (this.#onsets.length > 0 && this.#onsets[0]!.frame < from) this.#onsets.shift();
    return this.#onsets;
  }

  #sample(frame: number): number {
    const source = this.#source;
    if (frame < 0 || frame >= source[0]!.length) return 0;
    let sum = 0;
    for (let i = 0; i < source.length; i++) sum += source[i]![frame]! * (1 - (0.5 * i) / source.length);
    return sum;
  }

  #levelsOf(cell: number): Float64Array {
    const known = this.#levels.get(cell);
    if (known) return known;
    const start = cell * this.#hop - this.#size / 2;
    for (let i = 0; i < this.#size; i++) this.#frame[i] = this.#sample(start + i) * this.#window[i]!;
    this.#fft.forward(this.#frame, this.#spectrum);
    const levels = new Float64Array(this.#bands);
    for (let band = 0; band < this.#bands; band++) {
      let power = 0;
      for (let i = 2 * BAND_BINS * band; i < 2 * BAND_BINS * (band + 1); i++) power += this.#spectrum[i]! ** 2;
      levels[band] = Math.log(power / this.#size ** 2 + POWER_FLOOR);
    }
    this.#levels.set(cell, levels);
    return levels;
  }

  #rise(cell: number): number {
    const present = this.#levelsOf(cell);
    const past = this.#levelsOf(cell - 2);
    let sum = 0;
    for (let band = 0; band < this.#bands; band++) {
      sum += Math.min(LARGEST_RISE, Math.max(0, present[band]! - past[band]!));
    }
    return sum / this.#bands;
  }

  #isOnset(cell: number): boolean {
    const rise = this.#rise(cell);
    if (rise < ONSET_RISE) return false;
    for (let i = 1; i <= PEAK_CELLS; i++) {
      if (this.#rise(cell - i) >= rise || this.#rise(cell + i) > rise) return false;
    }
    return true;
  }

  #energy(start: number, length: number): number {
    let energy = 0;
    for (let i = start; i < start + length; i++) energy += (this.#sample(i) - this.#sample(i - 1)) ** 2;
    return energy;
  }

  #place(cell: number): number {
    const size = this.#size;
    const block = size / BLOCKS;
    const start = cell * this.#hop - size;
    const background = this.#energy(start - size, size) / BLOCKS;
    const excess = Array.from({ length: 1.5 * BLOCKS }, (_, i) =>
      Math.max(0, this.#energy(start + i * block, block) - background),
    );
    const total = excess.reduce((sum, value) => sum + value, 0);
    let sum = 0;
    for (let i = 0; i < excess.length; i++) {
      sum += excess[i]!;
      if (sum * 8 >= total && total > 0) return start + i * block + block / 2;
    }
    return (cell - 0.5) * this.#hop;
  }
}
