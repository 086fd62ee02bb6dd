import { equaliserTwin } from '../filter/equaliser.twin.ts';
import type { ReverbOptions } from './reverb.ts';

const LINES = 16;
const LEFT_SIGNS = [1, -1, -1, 1, -1, 1, -1, 1, -1, -1, 1, 1, 1, 1, 1, 1];
const RIGHT_SIGNS = [1, 1, -1, -1, 1, -1, 1, -1, 1, -1, -1, 1, 1, 1, 1, 1];
const INPUT_SIGNS = [1, -1, 1, 1, -1, -1, 1, -1, 1, 1, 1, -1, -1, 1, 1, 1];
const DIFFUSER_SECONDS = [
  [0.0029, 0.0047, 0.0079, 0.0127],
  [0.0033, 0.0053, 0.0071, 0.0113],
];

function primeFrom(n: number): number {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return primeFrom(n + 1);
  return n;
}

/** Frames of each line: the first primes at or above lengths that are evenly spaced by their ratios. */
export function reverbLengths({ sampleRate, size = 1 }: ReverbOptions): number[] {
  const lengths: number[] = [];
  for (let line = 0; line < LINES; line++) {
    const wanted = Math.round(0.023 * (79 / 23) ** (line / (LINES - 1)) * size * sampleRate);
    lengths.push(primeFrom(Math.max(wanted, (lengths.at(-1) ?? 0) + 1)));
  }
  return lengths;
}

/** A line's shelf: gains at 0 Hz and at half the rate, and tan(pi f / rate) of its low-pass. */
function shelf(frames: number, { sampleRate, decaySeconds, highDecay, dampingHz }: ReverbOptions) {
  const low = 10 ** ((-3 * frames) / (decaySeconds * sampleRate));
  const high = low ** (1 / highDecay);
  return { low, high, g: Math.tan((Math.PI * dampingHz) / sampleRate) * Math.sqrt(high / low) };
}

/**
 * Seconds in which a frequency decays by 60 dB. A lossless matrix keeps energy, so on average a sound falls by the gains of all
 * lines while it passes through all of them.
 */
export function reverbDecaySeconds(options: ReverbOptions, frequencyHz: number): number {
  let frames = 0;
  let decibels = 0;
  for (const length of reverbLengths(options)) {
    const { low, high, g } = shelf(length, options);
    const x = Math.tan((Math.PI * frequencyHz) / options.sampleRate) / g;
    // high + (low - high) / (1 + j x)
    const power = (low ** 2 + (high * x) ** 2) / (1 + x ** 2);
    frames += length;
    decibels += 10 * Math.log10(power);
  }
  return (-60 * frames) / (decibels * options.sampleRate);
}

/** y = old - g x;  line <- x + g y */
function allPass(samples: Float64Array, frames: number): Float64Array {
  const line = new Float64Array(samples.length);
  return samples.map((x, i) => {
    const y = (line[i - frames] ?? 0) - 0.6 * x;
    line[i] = x + 0.6 * y;
    return y;
  });
}

/** Plain float64 form of `Reverb` with settings that stand still, for two channels. */
export function reverbTwin(channels: readonly [Float32Array, Float32Array], options: ReverbOptions): Float64Array[] {
  const { sampleRate, lowCutHz, send, wet, dry } = options;
  const inputs = channels.map((samples, channel) =>
    DIFFUSER_SECONDS[channel]!.reduce<Float64Array>(
      (signal, seconds) => allPass(signal, primeFrom(Math.round(seconds * sampleRate))),
      equaliserTwin(samples, [{ shape: 'high-pass', frequencyHz: lowCutHz, q: Math.SQRT1_2 }], sampleRate).map(
        (value) => send * value,
      ),
    ),
  );
  const lengths = reverbLengths(options);
  const shelves = lengths.map((length) => shelf(length, options));
  const kept = shelves.reduce((sum, { low }) => sum + low ** 2, 0) / LINES;
  const level = wet * Math.sqrt((1 - kept) / (2 * kept));
  const lines = lengths.map(() => new Float64Array(channels[0].length));
  const states = lengths.map(() => 0);
  const output = channels.map((samples) => Float64Array.from(samples, (value) => dry * value));
  const given = new Float64Array(LINES);
  for (let i = 0; i < channels[0].length; i++) {
    for (let k = 0; k < LINES; k++) {
      const { low, high, g } = shelves[k]!;
      const x = lines[k]![i - lengths[k]!] ?? 0;
      const passed = (g * x + states[k]!) / (1 + g);
      states[k] = 2 * passed - states[k]!;
      given[k] = high * x + (low - high) * passed;
      output[0]![i]! += level * LEFT_SIGNS[k]! * given[k]!;
      output[1]![i]! += level * RIGHT_SIGNS[k]! * given[k]!;
    }
    for (let k = 0; k < LINES; k++) {
      let taken = (INPUT_SIGNS[k]! * inputs[k % 2]![i]!) / Math.sqrt(LINES / 2);
      for (let j = 0; j < LINES; j++) {
        // Hadamard: the sign is the parity of the bits that both numbers have.
        const parity = [1, 2, 4, 8].filter((bit) => (k & j & bit) !== 0).length % 2;
        taken += ((parity === 0 ? 1 : -1) * given[j]!) / Math.sqrt(LINES);
      }
      lines[k]![i] = taken;
    }
  }
  return output;
}
