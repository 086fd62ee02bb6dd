import { interpolatorTwin } from '../measure/true-peak.twin.ts';

const GROUP = 4;

/** True peak from each sample to the one behind it: quarters by interpolation, and parabolas through three in a row. */
function peaksTwin(samples: ArrayLike<number>): Float64Array {
  const phases = [0.25, 0.5, 0.75].map(interpolatorTwin);
  const padded = new Float64Array(samples.length + 32);
  for (let i = 0; i < samples.length; i++) padded[i + 15] = samples[i]!;
  return Float64Array.from({ length: samples.length }, (_, n) => {
    const between = [0, 0, 0];
    for (let phase = 0; phase < 3; phase++) {
      const taps = phases[phase]!;
      let sum = 0;
      for (let i = 0; i < 32; i++) sum += taps[i]! * padded[n + i]!;
      between[phase] = sum;
    }
    const values = [padded[n + 15]!, ...between, padded[n + 16]!];
    let peak = Math.max(...values.slice(0, 4).map(Math.abs));
    for (let i = 1; i < 4; i++) {
      const sign = Math.sign(values[i]!);
      const [a, b, c] = [values[i - 1]! * sign, values[i]! * sign, values[i + 1]! * sign];
      const bend = 2 * b - a - c;
      if (bend > 0 && Math.abs(a - c) <= 2 * bend) peak = Math.max(peak, b + (a - c) ** 2 / (8 * bend));
    }
    return peak;
  });
}

/**
 * Plain float64 form of `TruePeakLimiter` without its latency, from whole arrays; minima and means by their definition.
 * @param ceiling linear
 * @param releaseFrames geometric mean of the two time constants
 * @param holdFrames for so long at least a peak keeps the gain down
 */
export function limiterTwin(
  channels: readonly Float32Array[],
  ceiling: number,
  lookaheadFrames: number,
  holdFrames: number,
  releaseFrames: number,
): Float64Array[] {
  // Silence around the signal, so that every window is whole.
  const padding = 400 * GROUP + lookaheadFrames + holdFrames;
  const pad = Math.ceil(padding / 16) * 16;
  const length = Math.ceil(channels[0]!.length / 16) * 16 + 2 * pad;
  const padded = channels.map((samples) => {
    const line = new Float64Array(length);
    line.set(samples, pad);
    return line;
  });
  const peaks = padded.map(peaksTwin);
  const groups = length / GROUP;
  const required = Float64Array.from({ length: groups }, (_, group) => {
    let peak = 0;
    for (const line of peaks) for (let i = 0; i < GROUP; i++) peak = Math.max(peak, line[group * GROUP + i]!);
    return Math.min(1, ceiling / peak);
  });
  const mean = Math.max(1, Math.round((lookaheadFrames / GROUP + 2) / 3));
  const ahead = 3 * mean - 3;
  const behind = Math.max(5, Math.ceil(holdFrames / GROUP) - ahead - 4);
  const fast = 1 - Math.exp((-GROUP * Math.sqrt(10)) / releaseFrames);
  const slow = 1 - Math.exp(-GROUP / (Math.sqrt(10) * releaseFrames));
  let usual = 1;
  let gain = 1;
  let gains = Float64Array.from({ length: groups }, (_, group) => {
    let least = 1;
    for (let i = Math.max(0, group - behind); i <= Math.min(groups - 1, group + 4 + ahead); i++) {
      least = Math.min(least, required[i]!);
    }
    usual += (least - usual) * slow;
    gain = Math.min(least, gain + (1 - gain) * slow + Math.max(0, usual - gain) * fast);
    return gain;
  });
  for (let pass = 0; pass < 3; pass++) {
    gains = gains.map((_, group) => {
      let sum = 0;
      for (let i = 0; i < mean; i++) sum += gains[group - i] ?? 1;
      return sum / mean;
    });
  }
  return padded.map((line) =>
    line
      .map((value, i) => {
        const group = Math.floor(i / GROUP);
        const next = gains[group + 1] ?? 1;
        return value * (gains[group]! + ((next - gains[group]!) * (i % GROUP)) / GROUP);
      })
      .subarray(pad, pad + channels[0]!.length),
  );
}
