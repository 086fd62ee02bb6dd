export const GROUP = 4;

/** Of each group of 4 frames, the largest square over all channels, or the smoothed mean square over them. */
export function squaresTwin(
  channels: readonly ArrayLike<number>[],
  sampleRate: number,
  detector: 'peak' | 'rms',
): Float64Array {
  const share = 1 - Math.exp(-GROUP / (0.005 * sampleRate));
  let first = 0;
  let second = 0;
  return Float64Array.from({ length: Math.floor(channels[0]!.length / GROUP) }, (_, group) => {
    let peak = 0;
    let sum = 0;
    for (const samples of channels) {
      for (let i = group * GROUP; i < (group + 1) * GROUP; i++) {
        peak = Math.max(peak, samples[i]! ** 2);
        sum += samples[i]! ** 2 / channels.length / GROUP;
      }
    }
    if (detector === 'peak') return peak;
    first += (sum - first) * share;
    second += (first - second) * share;
    return second;
  });
}

/** The largest of the last 12.5 ms. */
export function heldTwin(squares: Float64Array, sampleRate: number): Float64Array {
  const held = Math.ceil((0.0125 * sampleRate) / GROUP) + 1;
  return squares.map((_, group) => {
    let most = 0;
    for (let i = Math.max(0, group - held + 1); i <= group; i++) most = Math.max(most, squares[i]!);
    return most;
  });
}
