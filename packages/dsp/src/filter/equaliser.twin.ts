import type { FilterBand } from './band.ts';

/** Coefficients of one band after Simper: a1 to a3 of the loop, m0 to m2 of the mix. */
export function designTwin({ shape, frequencyHz, q, gainDb = 0 }: FilterBand, sampleRate: number) {
  const amplitude = 10 ** (gainDb / 40);
  let g = Math.tan((Math.PI * frequencyHz) / sampleRate);
  if (shape === 'low-shelf') g /= Math.sqrt(amplitude);
  if (shape === 'high-shelf') g *= Math.sqrt(amplitude);
  const k = shape === 'peak' ? 1 / (q * amplitude) : 1 / q;
  const mixes = {
    'low-pass': [0, 0, 1],
    'high-pass': [1, -k, -1],
    'band-pass': [0, k, 0],
    notch: [1, -k, 0],
    peak: [1, k * (amplitude ** 2 - 1), 0],
    'low-shelf': [1, k * (amplitude - 1), amplitude ** 2 - 1],
    'high-shelf': [amplitude ** 2, k * (1 - amplitude) * amplitude, 1 - amplitude ** 2],
  } as const;
  const a1 = 1 / (1 + g * (g + k));
  return { a1, a2: g * a1, a3: g * g * a1, mix: mixes[shape] };
}

/** Plain float64 form of `Equaliser` with bands that stand still, for one channel. */
export function equaliserTwin(
  samples: ArrayLike<number>,
  bands: readonly FilterBand[],
  sampleRate: number,
): Float64Array {
  const output = Float64Array.from(samples);
  for (const band of bands) {
    const { a1, a2, a3, mix } = designTwin(band, sampleRate);
    const [m0, m1, m2] = mix;
    let s1 = 0;
    let s2 = 0;
    for (let i = 0; i < output.length; i++) {
      const v0 = output[i]!;
      const v3 = v0 - s2;
      const v1 = a1 * s1 + a2 * v3;
      const v2 = s2 + a2 * s1 + a3 * v3;
      s1 = 2 * v1 - s1;
      s2 = 2 * v2 - s2;
      output[i] = m0 * v0 + m1 * v1 + m2 * v2;
    }
  }
  return output;
}
