import type { GaterOptions } from './gater.ts';

/** Plain float64 form of `Gater` with settings that stand still, for one channel: the edges of all periods, one by one. */
export function gaterTwin(samples: Float32Array, options: Omit<GaterOptions, 'channels'>): Float64Array {
  const { sampleRate, periodSeconds, duty, edgeSeconds, depth, phase = 0 } = options;
  const edge = Math.round(edgeSeconds * sampleRate);
  let risen = 0;
  return Float64Array.from(samples, (x, i) => {
    const periods = phase + i / (periodSeconds * sampleRate);
    // A phase that falls on a border but for its rounding lies behind it.
    const place = periods + 1e-7 - Math.floor(periods + 1e-7);
    risen = place < duty ? Math.min(1, risen + 1 / edge) : Math.max(0, risen - 1 / edge);
    return x * (1 - depth + depth * (3 * risen ** 2 - 2 * risen ** 3));
  });
}
