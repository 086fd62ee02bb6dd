import { RealFftTwin } from '../transform/real-fft.twin.ts';
import { OnsetDetectorTwin, type OnsetTwin } from './onsets.twin.ts';
import { stretchFrameSize } from './time-stretcher.ts';

const OVERLAP = 4;
const WINDOW_SUM = 1.5;
const ONSET_GROWTH = 2;
const STEADY_LIKENESS = 0.97;

/**
 * Plain float64 form of `TimeStretcher` over a whole source, silence around it. It transforms every frame, also where
 * the kernel adds frames as they are.
 */
export class TimeStretcherTwin {
  readonly hopFrames: number;
  readonly #source: readonly Float64Array[];
  readonly #size: number;
  readonly #bins: number;
  readonly #fft: RealFftTwin;
  readonly #window: Float64Array;
  readonly #detector: OnsetDetectorTwin;
  readonly #sums: Float64Array[];
  #output: Float64Array[] | undefined;
  #lastCentre = Number.NaN;
  #lastOnset: OnsetTwin | undefined;
  #lastPosition = Number.NaN;

  constructor(source: readonly Float64Array[], sampleRate: number) {
    const size = stretchFrameSize(sampleRate);
    this.#source = source;
    this.#size = size;
    this.#bins = size / 2 + 1;
    this.hopFrames = size / OVERLAP;
    this.#fft = new RealFftTwin(size);
    this.#window = Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size));
    this.#detector = new OnsetDetectorTwin(source, size / 16, sampleRate);
    this.#sums = source.map(() => new Float64Array(size));
  }

  /** As `TimeStretcher.step`; returns the hop's channels. */
  step(position: number, rate?: number): Float64Array[] {
    const begins = Number.isNaN(this.#lastPosition);
    const pace = rate ?? (begins ? 1 : (position - this.#lastPosition) / this.hopFrames);
    for (let hops = begins ? OVERLAP - 1 : 0; hops >= 0; hops--) {
      this.#addFrame(position - hops * pace * this.hopFrames, pace);
    }
    this.#lastPosition = position;
    return this.#sums.map((sum) => sum.slice(0, this.hopFrames));
  }

  #addFrame(position: number, rate: number): void {
    const hop = this.hopFrames;
    const nominal = position + (rate * this.#size) / 2;
    const onset = this.#chooseOnset(position, nominal, rate);
    const next = this.#lastCentre + hop;
    const atRate = onset === undefined ? nominal : nominal + (onset.frame - nominal) * (1 - 1 / rate);
    const stays = onset !== undefined && onset === this.#lastOnset && Math.abs(next - nominal) <= this.#size / 2;
    const wanted = stays ? next : atRate;
    const follows = Math.abs(wanted - next) < 0.75;
    const centre = follows ? next : Math.round(wanted);
    const spectra = this.#spectraAt(centre);
    const earlier = this.#spectraAt(centre - hop);
    const atOnset = onset !== undefined && onset.frame >= wanted - hop / 2;
    this.#output = this.#turn(spectra, earlier, atOnset, rate === 1 && follows);
    for (let channel = 0; channel < this.#sums.length; channel++) this.#overlapAdd(channel);
    this.#lastCentre = centre;
    this.#lastOnset = onset;
  }

  #chooseOnset(position: number, nominal: number, rate: number): OnsetTwin | undefined {
    let chosen: OnsetTwin | undefined;
    let largest = 0;
    for (const onset of this.#detector.find(position, nominal + (rate * this.#size) / 2)) {
      const distance = (onset.frame - nominal) / (rate * this.#size);
      const weight = Math.abs(distance) < 0.5 ? onset.strength * Math.cos(Math.PI * distance) ** 4 : 0;
      if (weight > largest) {
        largest = weight;
        chosen = onset;
      }
    }
    return chosen;
  }

  #spectraAt(centre: number): Float64Array[] {
    const frame = new Float64Array(this.#size);
    return this.#source.map((channel) => {
      const start = centre - this.#size / 2;
      const from = Math.max(0, -start);
      const to = Math.min(this.#size, channel.length - start);
      frame.fill(0);
      for (let i = from; i < to; i++) frame[i] = channel[start + i]! * this.#window[i]!;
      const spectrum = new Float64Array(2 * this.#bins);
      this.#fft.forward(frame, spectrum);
      return spectrum;
    });
  }

  #energies(spectra: readonly Float64Array[]): Float64Array {
    const energies = new Float64Array(this.#bins);
    for (const spectrum of spectra) {
      for (let k = 0; k < this.#bins; k++) energies[k]! += spectrum[2 * k]! ** 2 + spectrum[2 * k + 1]! ** 2;
    }
    return energies;
  }

  #findPeaks(energies: Float64Array): number[] {
    const peaks: number[] = [];
    // Two zeros to both sides.
    const padded = new Float64Array(this.#bins + 4);
    padded.set(energies, 2);
    for (let k = 0; k < this.#bins; k++) {
      const energy = padded[k + 2]!;
      const exceedsLeft = energy > padded[k + 1]! && energy > padded[k]!;
      if (exceedsLeft && energy >= padded[k + 3]! && energy >= padded[k + 4]!) peaks.push(k);
    }
    return peaks.length > 0 ? peaks : [0];
  }

  #turn(
    spectra: readonly Float64Array[],
    earlier: readonly Float64Array[],
    atOnset: boolean,
    returning: boolean,
  ): Float64Array[] {
    const energies = this.#energies(spectra);
    const earlierEnergies = this.#energies(earlier);
    const peaks = this.#findPeaks(energies);
    const cos = new Float64Array(this.#bins);
    const sin = new Float64Array(this.#bins);
    let bin = 0;
    for (let i = 0; i < peaks.length; i++) {
      const peak = peaks[i]!;
      const end = i + 1 < peaks.length ? Math.floor((peak + peaks[i + 1]! + 1) / 2) : this.#bins;
      const grew = sumAround(energies, peak) > ONSET_GROWTH * sumAround(earlierEnergies, peak);
      const begins = atOnset && (grew || likeness(spectra, earlier, peak) < STEADY_LIKENESS);
      let angle = begins ? 0 : this.#angle(peak, earlier);
      const step = Math.min(0.2, 0.005 * (peak + 1));
      if (returning) angle = Math.abs(angle) <= step ? 0 : angle - Math.sign(angle) * step;
      cos.fill(Math.cos(angle), bin, end);
      sin.fill(Math.sin(angle), bin, end);
      bin = end;
    }
    return spectra.map((spectrum) => {
      const output = new Float64Array(spectrum.length);
      for (let k = 0; k < this.#bins; k++) {
        output[2 * k] = spectrum[2 * k]! * cos[k]! - spectrum[2 * k + 1]! * sin[k]!;
        output[2 * k + 1] = spectrum[2 * k]! * sin[k]! + spectrum[2 * k + 1]! * cos[k]!;
      }
      return output;
    });
  }

  /** Angle of the sum of Y conj(X') over all channels and a peak's three bins. */
  #angle(peak: number, earlier: readonly Float64Array[]): number {
    let re = 0;
    let im = 0;
    for (const [channel, x] of earlier.entries()) {
      const y = this.#output?.[channel] ?? x;
      for (let k = Math.max(0, peak - 1); k <= Math.min(this.#bins - 1, peak + 1); k++) {
        re += y[2 * k]! * x[2 * k]! + y[2 * k + 1]! * x[2 * k + 1]!;
        im += y[2 * k + 1]! * x[2 * k]! - y[2 * k]! * x[2 * k + 1]!;
      }
    }
    return Math.atan2(im, re);
  }

  #overlapAdd(channel: number): void {
    const size = this.#size;
    const spectrum = this.#output![channel]!;
    // The inverse of a spectrum with real parts a and imaginary parts b by one forward transform: with h = a + b (a even,
    // b odd), DFT(h) has in its real part the transform of a and in its imaginary part that of b.
    const hartley = new Float64Array(size);
    hartley[0] = spectrum[0]!;
    hartley[size / 2] = spectrum[size]!;
    for (let k = 1; k < size / 2; k++) {
      hartley[k] = spectrum[2 * k]! + spectrum[2 * k + 1]!;
      hartley[size - k] = spectrum[2 * k]! - spectrum[2 * k + 1]!;
    }
    const transformed = new Float64Array(size + 2);
    this.#fft.forward(hartley, transformed);
    const sum = this.#sums[channel]!;
    sum.copyWithin(0, this.hopFrames);
    sum.fill(0, size - this.hopFrames);
    for (let i = 0; i < size; i++) {
      const n = i < this.#bins ? i : size - i;
      const sample = transformed[2 * n]! + (i < this.#bins ? 1 : -1) * transformed[2 * n + 1]!;
      sum[i]! += (sample * this.#window[i]!) / (WINDOW_SUM * size);
    }
  }
}

/** Square of the correlation of a peak's three bins, in all channels, with those of other spectra: 1 when they are these, turned. */
function likeness(spectra: readonly Float64Array[], others: readonly Float64Array[], peak: number): number {
  let [re, im, energy, otherEnergy] = [0, 0, 0, 0];
  for (const [channel, x] of spectra.entries()) {
    const y = others[channel]!;
    for (let k = Math.max(0, peak - 1); k <= Math.min(x.length / 2 - 1, peak + 1); k++) {
      re += x[2 * k]! * y[2 * k]! + x[2 * k + 1]! * y[2 * k + 1]!;
      im += x[2 * k + 1]! * y[2 * k]! - x[2 * k]! * y[2 * k + 1]!;
      energy += x[2 * k]! ** 2 + x[2 * k + 1]! ** 2;
      otherEnergy += y[2 * k]! ** 2 + y[2 * k + 1]! ** 2;
    }
  }
  return (re * re + im * im) / (energy * otherEnergy);
}

/** Sum of the value at `k` and its neighbours. */
function sumAround(values: Float64Array, k: number): number {
  let sum = 0;
  for (let i = Math.max(0, k - 1); i <= Math.min(values.length - 1, k + 1); i++) sum += values[i]!;
  return sum;
}
