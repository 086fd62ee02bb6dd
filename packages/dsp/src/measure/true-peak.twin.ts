import { truePeakFactor } from './true-peak.ts';

function bessel0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; k < 60; k++) {
    term *= (x / 2 / k) ** 2;
    sum += term;
  }
  return sum;
}

/** Taps of the value at `fraction` behind sample 0, for samples -15 to 16: sinc under a Kaiser window of beta 9. */
export function interpolatorTwin(fraction: number): Float64Array {
  const taps = Float64Array.from({ length: 32 }, (_, i) => {
    const t = i - 15 - fraction;
    const sinc = t === 0 ? 1 : Math.sin(Math.PI * t) / (Math.PI * t);
    return Math.abs(t) < 16 ? (sinc * bessel0(9 * Math.sqrt(1 - (t / 16) ** 2))) / bessel0(9) : 0;
  });
  const sum = taps.reduce((a, b) => a + b, 0);
  return taps.map((tap) => tap / sum);
}

/** Plain float64 form of `TruePeakMeter` for one channel: every value is computed. */
export function truePeakTwin(samples: ArrayLike<number>, sampleRate: number): number {
  const factor = truePeakFactor(sampleRate);
  const phases = Array.from({ length: factor - 1 }, (_, i) => interpolatorTwin((i + 1) / factor));
  const padded = new Float64Array(samples.length + 64);
  padded.set(Array.from(samples), 32);
  let peak = 0;
  for (let n = 16; n < padded.length - 16; n++) {
    peak = Math.max(peak, Math.abs(padded[n]!));
    for (const taps of phases) {
      let value = 0;
      for (let i = 0; i < 32; i++) value += taps[i]! * padded[n - 15 + i]!;
      peak = Math.max(peak, Math.abs(value));
    }
  }
  return peak;
}
