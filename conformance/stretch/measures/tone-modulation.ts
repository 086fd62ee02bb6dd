/** Longer than the periods of the modulation that is looked for; apart from tones 70 Hz away. */
const WINDOW_SECONDS = 0.06;
const STEP_SECONDS = 0.005;
/** Left out at both ends. */
const EDGE_SECONDS = 0.5;
/** Four-term window of F. Harris, "On the use of windows for harmonic analysis", Proc. IEEE 66 (1978): -92 dB. */
const TERMS = [0.35875, -0.48829, 0.14128, -0.01168];

export interface ToneModulation {
  /** Deviation of the amplitude over its mean. */
  readonly amplitude: number;
  /** Deviation of the frequency, and how far its mean is off, cents. */
  readonly cents: number;
  readonly offCents: number;
  /** Largest distance of the frequency from its mean, cents. */
  readonly largestCents: number;
}

/** How steady a tone of a known frequency is: its amplitude and frequency after demodulation. */
export function toneModulation(samples: Float64Array, sampleRate: number, frequencyHz: number): ToneModulation {
  const length = Math.round(WINDOW_SECONDS * sampleRate);
  const window = Float64Array.from({ length }, (_, i) =>
    TERMS.reduce((sum, term, k) => sum + term * Math.cos((2 * Math.PI * k * (i + 0.5)) / length), 0),
  );
  const amplitudes: number[] = [];
  const phases: number[] = [];
  const step = Math.round(STEP_SECONDS * sampleRate);
  const edge = Math.round(EDGE_SECONDS * sampleRate);
  for (let start = edge; start + length < samples.length - edge; start += step) {
    let re = 0;
    let im = 0;
    for (let i = 0; i < length; i++) {
      const angle = (2 * Math.PI * frequencyHz * (start + i)) / sampleRate;
      re += window[i]! * samples[start + i]! * Math.cos(angle);
      im -= window[i]! * samples[start + i]! * Math.sin(angle);
    }
    amplitudes.push(Math.hypot(re, im));
    phases.push(Math.atan2(im, re));
  }
  const centsPerTurn = (1200 * sampleRate) / (step * frequencyHz * Math.LN2);
  const cents = phases.slice(1).map((phase, i) => {
    const turn = (phase - phases[i]!) / (2 * Math.PI);
    return (turn - Math.round(turn)) * centsPerTurn;
  });
  const amplitude = meanOf(amplitudes);
  const offCents = meanOf(cents);
  return {
    amplitude: deviation(amplitudes, amplitude) / amplitude,
    cents: deviation(cents, offCents),
    offCents,
    largestCents: cents.reduce((most, value) => Math.max(most, Math.abs(value - offCents)), 0),
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value / values.length, 0);
}

function deviation(values: readonly number[], mean: number): number {
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
}
