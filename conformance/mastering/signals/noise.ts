/** Reproducible noise of normal distribution and effective value 1: the sum of twelve even ones, by xorshift32. */
export function gaussianNoise(frames: number, seed: number): Float64Array {
  // Knuth's multiplier takes neighbouring seeds apart.
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  const even = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  return Float64Array.from({ length: frames }, () => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += even();
    return sum;
  });
}
