import { DspError } from '../errors.ts';
import { type FilterBand, requireBand } from './band.ts';

/** A gain this small counts as it: a notch has none in its middle. */
const LEAST_POWER = 1e-20;

/**
 * Gain in dB of filters in a row at a frequency, as `Equaliser` has it: the analogue filters at tan(pi f / rate), which is
 * what trapezoidal integration makes of them.
 * @param bands any number; each as `Equaliser` takes it
 * @returns a function of the frequency in Hz, from 0 to half the sample rate; not below -200 dB for each band
 * @throws DspError 'invalid-parameter'
 * Source: A. Simper, "Solving the continuous SVF equations using trapezoidal integration and equivalent currents", 2013.
 */
export function cascadeResponseDb(bands: readonly FilterBand[], sampleRate: number): (frequencyHz: number) => number {
  if (!(sampleRate > 0)) throw new DspError('invalid-parameter', `sampleRate is ${sampleRate}; it must be above 0`);
  const powers = bands.map((band) => bandPower(band, sampleRate));
  return (frequencyHz) => {
    const tangent = Math.tan((Math.PI * Math.min(frequencyHz, 0.49999 * sampleRate)) / sampleRate);
    return powers.reduce((sum, power) => sum + 10 * Math.log10(Math.max(LEAST_POWER, power(tangent))), 0);
  };
}

/** |H|^2 as a function of tan(pi f / rate). */
function bandPower(band: FilterBand, sampleRate: number): (tangent: number) => number {
  requireBand(band, sampleRate);
  const { shape, frequencyHz, q, gainDb = 0 } = band;
  const amplitude = 10 ** (gainDb / 40);
  let corner = Math.tan((Math.PI * frequencyHz) / sampleRate);
  if (shape === 'low-shelf') corner /= Math.sqrt(amplitude);
  if (shape === 'high-shelf') corner *= Math.sqrt(amplitude);
  const damping = shape === 'peak' ? 1 / (q * amplitude) : 1 / q;
  // Numerators as (a s^2 + b s + c) over s^2 + damping s + 1.
  const [a, b, c] = {
    'low-pass': [0, 0, 1],
    'high-pass': [1, 0, 0],
    'band-pass': [0, damping, 0],
    notch: [1, 0, 1],
    peak: [1, damping * amplitude ** 2, 1],
    'low-shelf': [1, damping * amplitude, amplitude ** 2],
    'high-shelf': [amplitude ** 2, damping * amplitude, 1],
  }[shape] as [number, number, number];
  return (tangent) => {
    const x = tangent / corner;
    const square = x * x;
    return ((c - a * square) ** 2 + b * b * square) / ((1 - square) ** 2 + damping * damping * square);
  };
}
