import type { BandTwin } from '../transform/filter-bank.twin.ts';
import { RealFftTwin } from '../transform/real-fft.twin.ts';

/** Length of a frame of a duration, and of the shortest FFT that holds it. */
export function lengths(seconds: number, sampleRate: number): [frame: number, fft: number] {
  const frame = 4 * Math.round((seconds * sampleRate) / 4);
  return [frame, 2 ** Math.ceil(Math.log2(frame))];
}

/** Length of a frame of about a duration, cut to the FFT whose length is nearest, and of that. */
export function nearestLengths(seconds: number, sampleRate: number): [frame: number, fft: number] {
  const fft = 2 ** Math.round(Math.log2(seconds * sampleRate));
  return [Math.min(fft, 4 * Math.round((seconds * sampleRate) / 4)), fft];
}

/** Power spectra of frames of a signal, scaled to 1 for a full-scale sine. */
export class Spectra {
  readonly power: Float64Array;
  readonly #signal: Float64Array;
  readonly #window: Float64Array;
  readonly #fft: RealFftTwin;
  readonly #frame: Float64Array;
  readonly #spectrum: Float64Array;
  readonly #scale: number;

  constructor(signal: Float64Array, window: Float64Array, size: number) {
    this.#signal = signal;
    this.#window = window;
    this.#fft = new RealFftTwin(size);
    this.#frame = new Float64Array(size);
    this.#spectrum = new Float64Array(size + 2);
    this.power = new Float64Array(size / 2 + 1);
    this.#scale = 4 / window.reduce((sum, value) => sum + value, 0) ** 2;
  }

  /** Fills `power` from the frame that begins at sample `start`. */
  read(start: number): void {
    const signal = this.#signal;
    const window = this.#window;
    const frame = this.#frame;
    const spectrum = this.#spectrum;
    const power = this.power;
    const first = Math.max(0, -start);
    const last = Math.min(window.length, signal.length - start);
    frame.fill(0);
    for (let i = first; i < last; i++) frame[i] = signal[start + i]! * window[i]!;
    this.#fft.forward(frame, spectrum);
    for (let k = 0; k < power.length; k++) {
      const re = spectrum[2 * k]!;
      const im = spectrum[2 * k + 1]!;
      power[k] = this.#scale * (re * re + im * im);
    }
  }
}

/** The short frame's window: rises over `past` samples and falls over the rest. */
export function skewedWindow(length: number, past: number): Float64Array {
  return Float64Array.from({ length }, (_, i) =>
    i < past
      ? Math.sin((0.5 * Math.PI * i) / past) ** 2
      : Math.cos((0.5 * Math.PI * (i - past)) / (length - past)) ** 2,
  );
}

/** Three rectangular bands whose sums are mean squares; a bin on a border counts with its share. */
export function energyBankTwin(sampleRate: number, size: number, window: Float64Array): BandTwin[] {
  const sum = window.reduce((total, value) => total + value, 0);
  const squares = window.reduce((total, value) => total + value * value, 0);
  const binHz = sampleRate / size;
  const share = (bin: number, low: number, high: number) =>
    Math.max(0, Math.min(high / binHz, bin + 0.5) - Math.max(low / binHz, bin - 0.5));
  const edges = [30, 150, 4000, sampleRate];
  return [0, 1, 2].map((band) => ({
    first: 0,
    weights: Float64Array.from({ length: size / 2 + 1 }, (_, bin) => {
      const mirrored = bin === size / 2 ? 0.5 : 1;
      return (mirrored * share(bin, edges[band]!, edges[band + 1]!) * sum * sum) / (2 * size * squares);
    }),
  }));
}
