/**
 * How many samples `decoded` lies behind `source`: the shift within ±`most` at which their correlation is largest, and
 * that correlation normalised to at most 1.
 */
export function alignment(
  source: Float32Array,
  decoded: Float32Array,
  most: number,
): { readonly shift: number; readonly correlation: number } {
  let best = { shift: 0, correlation: -1 };
  for (let shift = -most; shift <= most; shift++) {
    let product = 0;
    let sourceEnergy = 0;
    let decodedEnergy = 0;
    for (let i = Math.max(0, -shift); i < Math.min(source.length, decoded.length - shift); i++) {
      const [a, b] = [source[i]!, decoded[i + shift]!];
      product += a * b;
      sourceEnergy += a * a;
      decodedEnergy += b * b;
    }
    const correlation = product / Math.sqrt(sourceEnergy * decodedEnergy || 1);
    if (correlation > best.correlation) best = { shift, correlation };
  }
  return best;
}
