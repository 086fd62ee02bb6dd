import { halfBandTapsTwin, halveRateTwin } from '../transform/half-band.twin.ts';
import { RealFftTwin } from '../transform/real-fft.twin.ts';
import { type BandStage, planBandLevels } from './band-levels-plan.ts';

/** [hops][columns] mean squares of left and right, and mean products. */
export interface BandPowersTwin {
  readonly left: number[][];
  readonly right: number[][];
  readonly product: number[][];
}

/** The part of bin k, which reaches from k - 1/2 to k + 1/2, that lies between two places. */
function overlap(k: number, low: number, high: number): number {
  return Math.max(0, Math.min(k + 0.5, high) - Math.max(k - 0.5, low));
}

function spectra(signal: Float64Array, size: number, frames: number): Float64Array[] {
  const fft = new RealFftTwin(size);
  const window = (i: number) => Math.sin((Math.PI / 2) * Math.sin((Math.PI * (i + 0.5)) / size) ** 2);
  return Array.from({ length: frames }, (_, j) => {
    const start = ((2 * j - 3) * size) / 4;
    const spectrum = new Float64Array(size + 2);
    const frame = Float64Array.from({ length: size }, (_, i) => window(i) * (signal[start + i] ?? 0));
    fft.forward(frame, spectrum);
    return spectrum;
  });
}

/** Sums of one column in one frame: squares of left, of right, and products. */
function columnSums(left: Float64Array, right: Float64Array, low: number, high: number): [number, number, number] {
  const sums: [number, number, number] = [0, 0, 0];
  for (let k = 0; 2 * k < left.length; k++) {
    // Twice for the mirror image; half of the first and the last bin lies outside.
    const weight = 2 * overlap(k, low, high);
    const [a, b, c, d] = [left[2 * k]!, left[2 * k + 1]!, right[2 * k]!, right[2 * k + 1]!];
    sums[0] += weight * (a * a + b * b);
    sums[1] += weight * (c * c + d * d);
    sums[2] += weight * (a * c + b * d);
  }
  return sums;
}

function decimate(signal: Float64Array, sampleRate: number, stages: readonly BandStage[], halvings: number) {
  // With silence behind it, into which the filters ring.
  let decimated: Float64Array = new Float64Array(signal.length + 64 * 2 ** halvings);
  decimated.set(signal);
  for (let i = 0; i < halvings; i++) {
    const passHz = 1.1 * stages.find((stage) => stage.halvings > i)!.edgesHz.at(-1)!;
    decimated = halveRateTwin(decimated, halfBandTapsTwin(sampleRate / 2 ** i, passHz));
  }
  return decimated;
}

/** Plain float64 form of `BandLevels` over a whole signal of two channels. */
export function bandLevelsTwin(left: Float64Array, right: Float64Array, sampleRate: number): BandPowersTwin {
  const { bands, stages } = planBandLevels(sampleRate);
  const hopFrames = sampleRate / 10;
  const hops = Math.ceil(left.length / hopFrames);
  const empty = () => Array.from({ length: hops }, () => new Array<number>(bands.length + 2).fill(0));
  const powers = { left: empty(), right: empty(), product: empty() };
  for (const { halvings, size, columns, weights, edgesHz } of stages) {
    const rate = sampleRate / 2 ** halvings;
    const length = 2 ** halvings * (size / 2);
    // One frame more than begins before the end.
    const frames = Math.ceil(left.length / length) + 3;
    const [lefts, rights] = [left, right].map((signal) =>
      spectra(decimate(signal, sampleRate, stages, halvings), size, frames),
    ) as [Float64Array[], Float64Array[]];
    for (let j = 0; j < frames; j++) {
      for (const [i, column] of columns.entries()) {
        const [low, high] = [edgesHz[i]!, edgesHz[i + 1]!].map((hz) => (hz / rate) * size) as [number, number];
        const sums = columnSums(lefts[j]!, rights[j]!, low, high).map(
          (sum) => (sum * weights[i]! * 2 ** halvings) / size,
        );
        for (let hop = 0; hop < hops; hop++) {
          const from = hop === 0 ? -Infinity : hop * hopFrames;
          const to = hop === hops - 1 ? Infinity : (hop + 1) * hopFrames;
          const share = Math.max(0, Math.min(to, j * length) - Math.max(from, (j - 1) * length)) / length;
          powers.left[hop]![column]! += (share * sums[0]!) / hopFrames;
          powers.right[hop]![column]! += (share * sums[1]!) / hopFrames;
          powers.product[hop]![column]! += (share * sums[2]!) / hopFrames;
        }
      }
    }
  }
  return powers;
}
