import type { FilterBank } from './filter-bank.ts';

/** One band: weights over the bins from `first` on. */
export interface BandTwin {
  readonly first: number;
  readonly weights: Float64Array;
}

const melFromHz = (frequency: number) => 2595 * Math.log10(1 + frequency / 700);
const hzFromMel = (mel: number) => 700 * (10 ** (mel / 2595) - 1);

/** Centre of a band of a mel bank in Hz. */
export function melCentreTwin(band: number, bands: number, lowestHz: number, highestHz: number): number {
  const [lowest, highest] = [melFromHz(lowestHz), melFromHz(highestHz)];
  return hzFromMel(lowest + ((highest - lowest) * (band + 1)) / (bands + 1));
}

/** A triangle over the bins, at least one bin wide to each side, times `scale`. */
export function triangleTwin(fftSize: number, binHz: number, low: number, centre: number, high: number): BandTwin {
  const left = Math.min(low, centre - binHz);
  const right = Math.max(high, centre + binHz);
  const first = Math.max(0, Math.ceil(left / binHz));
  const last = Math.min(fftSize / 2, Math.floor(right / binHz));
  const weights = Float64Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
    const frequency = (first + i) * binHz;
    return Math.min((frequency - left) / (centre - left), (right - frequency) / (right - centre));
  });
  return { first, weights };
}

/** As `FilterBank.mel`. */
export function melBankTwin(
  sampleRate: number,
  fftSize: number,
  bands: number,
  lowest: number,
  highest: number,
  topHz = sampleRate / 2,
) {
  return Array.from({ length: bands }, (_, band): BandTwin => {
    const [low, centre, high] = [-1, 0, 1].map((step) => melCentreTwin(band + step, bands, lowest, highest));
    if (centre! >= topHz) return { first: 0, weights: new Float64Array(0) };
    return triangleTwin(fftSize, sampleRate / fftSize, low!, centre!, high!);
  });
}

/** Dot products of the bands with a spectrum. */
export function applyBankTwin(bank: readonly BandTwin[], spectrum: Float64Array, output: Float64Array): void {
  for (let band = 0; band < bank.length; band++) {
    const { first, weights } = bank[band]!;
    let sum = 0;
    for (let i = 0; i < weights.length; i++) sum += weights[i]! * spectrum[first + i]!;
    output[band] = sum;
  }
}

/** As `FilterBank.logFrequency`, its scale found by transforming a cosine under the window. */
export function logFrequencyBankTwin(
  sampleRate: number,
  fftSize: number,
  frame: number,
  bands: number,
  perOctave: number,
  lowestHz: number,
  topHz = sampleRate / 2,
): BandTwin[] {
  const binHz = sampleRate / fftSize;
  return Array.from({ length: bands }, (_, band): BandTwin => {
    const [low, centre, high] = [-1, 0, 1].map((step) => lowestHz * 2 ** ((band + step) / perOctave));
    if (Math.max(high!, centre! + binHz) > topHz) return { first: 0, weights: new Float64Array(0) };
    const triangle = triangleTwin(fftSize, binHz, low!, centre!, high!);
    let response = 0;
    triangle.weights.forEach((weight, i) => {
      response += weight * hannPowerTwin(((triangle.first + i - centre! / binHz) * frame) / fftSize);
    });
    return { first: triangle.first, weights: triangle.weights.map((weight) => weight / response) };
  });
}

/** Power of a periodic Hann window's transform `distance` bins from its peak, as the sum of its three sincs. */
function hannPowerTwin(distance: number): number {
  const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
  return (sinc(distance) + 0.5 * sinc(distance - 1) + 0.5 * sinc(distance + 1)) ** 2;
}

/** As `FilterBank.chroma`, written over classes and bins instead of notes. */
export function chromaBankTwin(shape: Parameters<typeof FilterBank.chroma>[1]): BandTwin[] {
  const semitones = (hz: number) => 69 + 12 * Math.log2(hz / shape.tuningHz);
  const [lowest, highest] = [0, shape.bins - 1].map((bin) =>
    semitones(shape.lowestHz * 2 ** (bin / shape.binsPerOctave)),
  );
  return Array.from({ length: 12 }, (_, pitchClass): BandTwin => {
    const weights = Float64Array.from({ length: shape.bins }, (_, bin) => {
      let sum = 0;
      for (let note = pitchClass; note <= highest!; note += 12) {
        if (note < lowest! - 0.5) continue;
        const octaves = (note - semitones(shape.centreHz)) / 12;
        const register = Math.exp(-0.5 * (octaves / shape.spreadOctaves) ** 2);
        for (let k = 1; k <= shape.partials; k++) {
          const away = lowest! + (12 * bin) / shape.binsPerOctave - note - 12 * Math.log2(k);
          sum += register * shape.partialDecay ** (k - 1) * Math.max(0, 1 - Math.abs(away) * 1.5);
        }
      }
      return sum;
    });
    return { first: 0, weights };
  });
}
