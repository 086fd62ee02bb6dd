import type { FlangerOptions } from './flanger.ts';

/** Frames of delay at a frame, for the channel whose sine is `ahead` periods ahead. */
export function flangerDelayTwin(frame: number, ahead: number, options: FlangerOptions): number {
  const { sampleRate, delaySeconds, sweepSeconds, periodSeconds, phase = 0 } = options;
  const sine = Math.sin(2 * Math.PI * (phase + ahead + frame / (periodSeconds * sampleRate)));
  return sampleRate * (delaySeconds + (sweepSeconds * (1 + sine)) / 2);
}

/** Value between samples, of the polynomial through the four around a place. */
function lagrange(line: Float64Array, place: number): number {
  const first = Math.floor(place) - 1;
  let sum = 0;
  for (let i = first; i < first + 4; i++) {
    let weight = 1;
    for (let j = first; j < first + 4; j++) if (j !== i) weight *= (place - j) / (i - j);
    sum += weight * (line[i] ?? 0);
  }
  return sum;
}

/** Plain float64 form of `Flanger` with settings that stand still. */
export function flangerTwin(channels: readonly Float32Array[], options: FlangerOptions): Float64Array[] {
  const { feedback, mix, spread } = options;
  return channels.map((samples, channel) => {
    const line = new Float64Array(samples.length);
    return Float64Array.from(samples, (x, i) => {
      const tap = lagrange(line, i - flangerDelayTwin(i, channel * spread, options));
      line[i] = x + feedback * tap;
      return x + mix * (tap - x);
    });
  });
}
