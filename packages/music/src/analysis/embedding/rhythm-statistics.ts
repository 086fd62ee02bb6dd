import { type Features, type Kernels, laggedProducts } from '@tutti/dsp';
import { audibleSpan } from '../timbre/audible-frames.ts';
import type { TempoAnalysis, TimbreAnalysis } from '../track-analysis.ts';

/** Short frames that are added up to one value of the curves that are compared with themselves: about 50 a second. */
const FRAMES_PER_STEP = 2;
/**
 * Lags that are looked at, and how many points lie between them, evenly spaced on a logarithmic axis: 30 ms apart at the
 * longest, so that what repeats itself ten times a second is still seen there.
 */
const SHORTEST_LAG_SECONDS = 0.1;
const LONGEST_LAG_SECONDS = 4;
const LAG_POINTS = 512;
/** Of one turn in as many steps; three quarters of a turn further they are sines. */
const COSINES = Float64Array.from({ length: LAG_POINTS }, (_, i) => Math.cos((2 * Math.PI * i) / LAG_POINTS));
/** Coefficients of the scale transform that are kept, of all onsets and of those in the bass. */
const ALL_COEFFICIENTS = 24;
const LOW_COEFFICIENTS = 12;
/** Onsets per second that are added before the logarithm is taken. */
const FEW_ONSETS = 0.25;

/**
 * Rhythm of a track: 24 and 12 magnitudes of the scale transform of the autocorrelation of its onsets and of its bass
 * onsets, how many onsets there are and how regular, and the tempo on a logarithmic scale.
 * A pattern that is played faster has its autocorrelation shifted along a logarithmic axis of lags; magnitudes of the
 * Fourier transform along that axis do not change by a shift. So the same pattern is nearly the same at any tempo, and
 * nothing rests on where beats were found.
 * Source: A. Holzapfel and Y. Stylianou, "Scale transform in rhythmic similarity of music", IEEE TASLP 19 (2011).
 * @param kernels lend memory for the time of the call
 * @returns null for what is not known
 */
export function rhythmStatistics(
  kernels: Kernels,
  { onset, bandOnsets, bandEnergies, frameRate }: Features,
  tempo: TempoAnalysis,
  timbre: TimbreAnalysis,
): (number | null)[] {
  const stepRate = frameRate / FRAMES_PER_STEP;
  const [from, to] = audibleSpan(bandEnergies);
  const { onsetsPerSecond, danceability } = timbre;
  const rhythmOf = (curve: Float32Array, coefficients: number) =>
    scaleMagnitudes(autocorrelation(kernels, steps(curve), stepRate), stepRate, coefficients);
  return [
    ...rhythmOf(onset.subarray(from, to), ALL_COEFFICIENTS),
    ...rhythmOf(bandOnsets.low.subarray(from, to), LOW_COEFFICIENTS),
    onsetsPerSecond === null ? null : Math.log2(FEW_ONSETS + onsetsPerSecond),
    danceability,
    tempo.bpm === null ? null : Math.log2(tempo.bpm),
  ];
}

/** Sums of a few frames each, minus their mean. */
function steps(curve: Float32Array): Float32Array {
  const result = new Float32Array(Math.floor(curve.length / FRAMES_PER_STEP));
  let sum = 0;
  for (let i = 0; i < result.length * FRAMES_PER_STEP; i++) {
    const step = Math.floor(i / FRAMES_PER_STEP);
    result[step] = result[step]! + curve[i]!;
    sum += curve[i]!;
  }
  return result.map((value) => value - sum / result.length);
}

/** Autocorrelation up to the longest lag, 1 at lag 0; null when the curve does not move or is too short. */
function autocorrelation(kernels: Kernels, curve: Float32Array, rate: number): Float64Array | null {
  const lags = Math.ceil(LONGEST_LAG_SECONDS * rate) + 2;
  if (curve.length < 2 * lags) return null;
  const result = laggedProducts(kernels, curve, lags).map((sum, lag) => sum / (curve.length - lag));
  const power = result[0]!;
  return power > 0 ? result.map((value) => value / power) : null;
}

/** Magnitudes of the Fourier transform over logarithmic lag under a Hann window; divided by the number of points. */
function scaleMagnitudes(correlation: Float64Array | null, rate: number, count: number): (number | null)[] {
  if (correlation === null) return new Array<null>(count).fill(null);
  const range = LONGEST_LAG_SECONDS / SHORTEST_LAG_SECONDS;
  const values = Array.from({ length: LAG_POINTS }, (_, i) => {
    const lag = SHORTEST_LAG_SECONDS * range ** (i / (LAG_POINTS - 1)) * rate;
    const below = Math.floor(lag);
    const value = correlation[below]! + (lag - below) * (correlation[below + 1]! - correlation[below]!);
    return value * Math.sin((Math.PI * (i + 0.5)) / LAG_POINTS) ** 2;
  });
  return Array.from({ length: count }, (_, k) => {
    let re = 0;
    let im = 0;
    for (let i = 0; i < LAG_POINTS; i++) {
      re += values[i]! * COSINES[(k * i) % LAG_POINTS]!;
      im += values[i]! * COSINES[(k * i + (3 * LAG_POINTS) / 4) % LAG_POINTS]!;
    }
    return Math.hypot(re, im) / LAG_POINTS;
  });
}
