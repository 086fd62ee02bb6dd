import { type Features, LOWEST_PITCH_HZ, PITCH_BINS_PER_OCTAVE } from '@tutti/dsp';

/** Every so many of the pitch frames is looked at; they overlap by four fifths. */
export const FRAMES_APART = 4;
/** The loudest peaks of a frame that count, and how far below the loudest they may be: -40 dB. */
const MOST_PEAKS = 12;
const QUIETEST_PEAK = 0.01;

// Sethares' fit to the curves of Plomp and Levelt: two partials are roughest a quarter of a critical band apart.
const FAST = 5.75;
const SLOW = 3.5;
const ROUGHEST = 0.24;
const BAND_SLOPE = 0.0207;
const BAND_OFFSET = 18.96;
/** Where exp(-SLOW x) - exp(-FAST x) is largest, and what it is there: roughness is scaled to 1. */
const LARGEST_AT = Math.log(FAST / SLOW) / (FAST - SLOW);
const LARGEST = Math.exp(-SLOW * LARGEST_AT) - Math.exp(-FAST * LARGEST_AT);

/**
 * Roughness of two partials of the same strength: 0 for the same frequency and for ones far apart, 1 where they are
 * roughest.
 * Source: W. Sethares, "Local consonance and the relationship between timbre and scale", JASA 94 (1993), after R. Plomp
 * and W. Levelt, "Tonal consonance and critical bandwidth", JASA 38 (1965).
 */
export function roughness(lowerHz: number, higherHz: number): number {
  const x = (ROUGHEST * (higherHz - lowerHz)) / (BAND_SLOPE * lowerHz + BAND_OFFSET);
  return (Math.exp(-SLOW * x) - Math.exp(-FAST * x)) / LARGEST;
}

/**
 * Sensory dissonance of every fourth pitch frame: mean roughness of all pairs of its spectral peaks, weighted by the
 * product of their amplitudes, the pairs of a peak with itself (which are not rough) included.
 * Peaks: local maxima over the bands a third of a semitone apart, 55 Hz to 3.4 kHz, their places refined by a parabola
 * through the logarithms of three bands; the 12 loudest, no more than 40 dB below the loudest.
 * @returns one value for every fourth frame: 0 (one tone) to less than 1
 */
export function dissonanceCurve({ pitchFrames, pitchBins }: Features): Float32Array {
  const frames = pitchFrames.length / pitchBins;
  const curve = new Float32Array(Math.ceil(frames / FRAMES_APART));
  for (let i = 0; i < curve.length; i++) {
    const offset = i * FRAMES_APART * pitchBins;
    curve[i] = dissonanceOf(peaksOf(pitchFrames.subarray(offset, offset + pitchBins)));
  }
  return curve;
}

interface Peak {
  readonly frequencyHz: number;
  readonly amplitude: number;
}

function peaksOf(spectrum: Float32Array): Peak[] {
  const bins: number[] = [];
  for (let bin = 1; bin + 1 < spectrum.length; bin++) {
    const value = spectrum[bin]!;
    if (value > 0 && value >= spectrum[bin - 1]! && value > spectrum[bin + 1]!) bins.push(bin);
  }
  bins.sort((a, b) => spectrum[b]! - spectrum[a]!);
  const floor = QUIETEST_PEAK * (spectrum[bins[0] ?? 0] ?? 0);
  const loudest = bins.slice(0, MOST_PEAKS).filter((bin) => spectrum[bin]! > floor);
  return loudest.sort((a, b) => a - b).map((bin) => peakAt(spectrum, bin));
}

function peakAt(spectrum: Float32Array, bin: number): Peak {
  const amplitude = spectrum[bin]!;
  const before = Math.log(Math.max(spectrum[bin - 1]!, 1e-6 * amplitude) / amplitude);
  const after = Math.log(Math.max(spectrum[bin + 1]!, 1e-6 * amplitude) / amplitude);
  const curvature = before + after;
  const place = bin + (curvature < 0 ? (before - after) / (2 * curvature) : 0);
  return { frequencyHz: LOWEST_PITCH_HZ * 2 ** (place / PITCH_BINS_PER_OCTAVE), amplitude };
}

function dissonanceOf(peaks: readonly Peak[]): number {
  let rough = 0;
  let sum = 0;
  for (let a = 0; a < peaks.length; a++) {
    const lower = peaks[a]!;
    sum += lower.amplitude;
    for (let b = a + 1; b < peaks.length; b++) {
      const higher = peaks[b]!;
      rough += 2 * lower.amplitude * higher.amplitude * roughness(lower.frequencyHz, higher.frequencyHz);
    }
  }
  return sum > 0 ? rough / (sum * sum) : 0;
}
