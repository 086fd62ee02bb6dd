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

/** Largest of `values` from `before` places before each place to `behind` places behind it. */
function largestAround(values: Float64Array, before: number, behind: number): Float64Array {
  return values.map((_, at) => {
    let most = 0;
    for (let i = Math.max(0, at - before); i <= Math.min(values.length - 1, at + behind); i++) {
      most = Math.max(most, values[i]!);
    }
    return most;
  });
}

/**
 * Plain float64 form of `TruePeakLimiter` without its latency, from whole arrays; maxima and lines by their definition.
 * @param ceiling linear
 * @param reachFrames frames in which a peak has to come again
 * @param sustainFrames frames over which peaks have to come to keep the gain down between them
 */
export function limiterTwin(
  channels: readonly Float32Array[],
  ceiling: number,
  lookaheadFrames: number,
  reachFrames: number,
  sustainFrames: number,
  releaseFrames: number,
): Float64Array[] {
  // Silence around the signal, so that every window is whole.
  const pad = Math.ceil((lookaheadFrames + 64) / 16) * 16;
  const length = Math.ceil(channels[0]!.length / 16) * 16 + 2 * pad;
  const padded = channels.map((samples) => {
    const line = new Float64Array(length);
    line.set(samples, pad);
    return line;
  });
  const peaks = padded.map(peaksTwin);
  const groups = length / GROUP;
  const amounts = Float64Array.from({ length: groups }, (_, group) => {
    let peak = 0;
    for (const line of peaks) for (let i = 0; i < GROUP; i++) peak = Math.max(peak, line[group * GROUP + i]!);
    return Math.max(0, Math.log(peak / ceiling));
  });
  const level = largestAround(amounts, 5, 4);
  const ramp = Math.max(1, Math.round(lookaheadFrames / GROUP));
  const required = level.map((_, group) => {
    let most = 0;
    for (let i = 0; i < ramp; i++) most = Math.max(most, (level[group + i] ?? 0) * (1 - i / ramp));
    return most;
  });
  const reached = largestAround(required, Math.ceil(reachFrames / GROUP), 0);
  const sustained = required.map((_, group) => {
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < Math.ceil(sustainFrames / GROUP); i++) least = Math.min(least, reached[group - i] ?? 0);
    return least;
  });
  let released = 0;
  const gains = required.map((amount, group) => {
    released = Math.max(amount, sustained[group]!, released * Math.exp(-GROUP / releaseFrames));
    return Math.exp(-released);
  });
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
