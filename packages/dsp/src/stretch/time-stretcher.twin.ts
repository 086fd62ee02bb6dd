import { RealFftTwin } from '../transform/real-fft.twin.ts';
import { OnsetDetectorTwin, type OnsetTwin } from './onsets.twin.ts';
import { stretchFrameSize } from './time-stretcher.ts';

const OVERLAP = 3;
const WINDOW_SUM = 1.125;
const NEAR_SHARE = 1 / 16;
const HIGHEST_PEAK_HZ = 18_000;
const ONSET_GROWTH = 2;
const STEADY_LIKENESS = 0.99;

/**
 * Plain float64 form of `TimeStretcher` over a whole source, silence around it. It transforms every frame, also where
 * the kernel adds frames as they are.
 */
export class TimeStretcherTwin {
  readonly hopFrames: number;
  readonly #source: readonly Float64Array[];
  readonly #size: number;
  /** Samples of a frame that sound, in its middle. */
  readonly #length: number;
  readonly #bins: number;
  /** Bins among which peaks are looked for. */
  readonly #peakBins: number;
  readonly #fft: RealFftTwin;
  readonly #window: Float64Array;
  readonly #outputWindow: Float64Array;
  readonly #detector: OnsetDetectorTwin;
  readonly #sums: Float64Array[];
  /** Spectra of the last frame, and the angle by which every bin of it was turned. */
  #lastSpectra: Float64Array[] | undefined;
  #lastAngles: Float64Array;
  #lastCentre = Number.NaN;
  #lastOnset: OnsetTwin | undefined;
  #lastPosition = Number.NaN;

  constructor(source: readonly Float64Array[], sampleRate: number) {
    const size = stretchFrameSize(sampleRate);
    this.#source = source;
    this.#size = size;
    this.#bins = size / 2 + 1;
    this.#peakBins = Math.min(this.#bins, 4 * Math.floor((HIGHEST_PEAK_HZ * size) / (4 * sampleRate)));
    this.hopFrames = 4 * Math.floor(size / (4 * OVERLAP));
    this.#length = OVERLAP * this.hopFrames;
    this.#lastAngles = new Float64Array(this.#bins);
    this.#fft = new RealFftTwin(size);
    this.#window = hann(size);
    const start = (size - this.#length) / 2;
    this.#outputWindow = hann(this.#length).map((value, i) => value ** 2 / (WINDOW_SUM * this.#window[start + i]!));
    this.#detector = new OnsetDetectorTwin(source, size / 16, sampleRate);
    this.#sums = source.map(() => new Float64Array(this.#length));
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
    const nominal = position + (rate * this.#length) / 2;
    const onset = this.#chooseOnset(position, nominal, rate);
    const next = this.#lastCentre + hop;
    const atRate = onset === undefined ? nominal : nominal + (onset.frame - nominal) * (1 - 1 / rate);
    const stays = onset !== undefined && onset === this.#lastOnset && Math.abs(next - nominal) <= this.#size / 2;
    const wanted = stays ? next : atRate;
    const follows = Math.abs(wanted - next) < 0.75;
    const centre = follows ? next : Math.round(wanted);
    const spectra = this.#spectraAt(centre);
    const atOnset = onset !== undefined && onset.frame >= wanted - this.#size / 8;
    const output = this.#turn(spectra, centre, atOnset, rate === 1 && follows);
    for (const [channel, spectrum] of output.entries()) this.#overlapAdd(channel, spectrum);
    this.#lastSpectra = spectra;
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
      for (let k = 0; k < this.#peakBins; k++) energies[k]! += spectrum[2 * k]! ** 2 + spectrum[2 * k + 1]! ** 2;
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

  #turn(spectra: readonly Float64Array[], centre: number, atOnset: boolean, returning: boolean): Float64Array[] {
    const last = this.#lastSpectra ?? spectra;
    const distance = centre - this.#lastCentre;
    const shift = Number.isNaN(distance) ? 0 : distance - this.hopFrames;
    const isNear = Math.abs(shift) <= NEAR_SHARE * this.#size;
    const earlier = isNear ? last : this.#spectraAt(centre - this.hopFrames);
    const energies = this.#energies(spectra);
    const earlierEnergies = this.#energies(earlier);
    const peaks = this.#findPeaks(energies);
    const angles = new Float64Array(this.#bins);
    let bin = 0;
    for (let i = 0; i < peaks.length; i++) {
      const peak = peaks[i]!;
      const end = i + 1 < peaks.length ? Math.floor((peak + peaks[i + 1]! + 1) / 2) : this.#bins;
      const grew = sumAround(energies, peak) > ONSET_GROWTH * sumAround(earlierEnergies, peak);
      const begins = atOnset && (grew || likeness(spectra, earlier, peak) < STEADY_LIKENESS);
      let angle = begins ? 0 : this.#angle(peak, last, earlier);
      if (!begins && isNear && shift !== 0) angle -= shift * this.#frequency(peak, spectra, last, distance);
      const step = Math.min(0.2, 0.005 * (peak + 1));
      if (returning) angle = Math.abs(angle) <= step ? 0 : angle - Math.sign(angle) * step;
      angles.fill(angle, bin, end);
      bin = end;
    }
    this.#lastAngles = angles;
    return spectra.map((spectrum) => turned(spectrum, angles));
  }

  /** Angle of the sum of Y conj(X') over all channels and a peak's three bins. */
  #angle(peak: number, last: readonly Float64Array[], earlier: readonly Float64Array[]): number {
    let re = 0;
    let im = 0;
    for (const [channel, x] of earlier.entries()) {
      const y = last[channel]!;
      for (let k = Math.max(0, peak - 1); k <= Math.min(this.#bins - 1, peak + 1); k++) {
        const productRe = y[2 * k]! * x[2 * k]! + y[2 * k + 1]! * x[2 * k + 1]!;
        const productIm = y[2 * k + 1]! * x[2 * k]! - y[2 * k]! * x[2 * k + 1]!;
        const [cos, sin] = [Math.cos(this.#lastAngles[k]!), Math.sin(this.#lastAngles[k]!)];
        re += productRe * cos - productIm * sin;
        im += productRe * sin + productIm * cos;
      }
    }
    return Math.atan2(im, re);
  }

  /** Radians a sample, nearest to the middle of the peak's bin, that its phase came over `distance` samples. */
  #frequency(peak: number, spectra: readonly Float64Array[], last: readonly Float64Array[], distance: number): number {
    let re = 0;
    let im = 0;
    for (const [channel, x] of spectra.entries()) {
      const y = last[channel]!;
      re += x[2 * peak]! * y[2 * peak]! + x[2 * peak + 1]! * y[2 * peak + 1]!;
      im += x[2 * peak + 1]! * y[2 * peak]! - x[2 * peak]! * y[2 * peak + 1]!;
    }
    const ofBin = (2 * Math.PI * peak) / this.#size;
    return ofBin + wrapped(Math.atan2(im, re) - ofBin * distance) / distance;
  }

  #overlapAdd(channel: number, spectrum: Float64Array): void {
    const size = this.#size;
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
    sum.fill(0, this.#length - this.hopFrames);
    const start = (size - this.#length) / 2;
    for (let i = start; i < size - start; i++) {
      const n = i < this.#bins ? i : size - i;
      const sample = transformed[2 * n]! + (i < this.#bins ? 1 : -1) * transformed[2 * n + 1]!;
      sum[i - start]! += (sample * this.#outputWindow[i - start]!) / size;
    }
  }
}

function hann(length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / length));
}

/** An angle less whole turns, -pi to pi. */
function wrapped(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
}

/** A spectrum whose bins are turned by angles. */
function turned(spectrum: Float64Array, angles: Float64Array): Float64Array {
  const output = new Float64Array(spectrum.length);
  for (const [k, angle] of angles.entries()) {
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    output[2 * k] = spectrum[2 * k]! * cos - spectrum[2 * k + 1]! * sin;
    output[2 * k + 1] = spectrum[2 * k]! * sin + spectrum[2 * k + 1]! * cos;
  }
  return output;
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
