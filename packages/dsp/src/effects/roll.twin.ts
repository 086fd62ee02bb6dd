export interface RollChange {
  readonly frame: number;
  /** Frames to repeat; 0 to let go. */
  readonly delay: number;
}

/** Plain float64 form of `Roll` for one channel; changes are further apart than a fade. */
export function rollTwin(samples: Float32Array, changes: readonly RollChange[], fadeFrames: number): Float64Array {
  const output = new Float64Array(samples.length);
  let [delay, next, since] = [0, 0, 0];
  samples.forEach((x, i) => {
    const change = changes.find(({ frame }) => frame === i);
    if (change) [next, since] = [change.delay, i];
    const heard = (frames: number) => (frames === 0 ? x : (output[i - frames] ?? 0));
    const weight = Math.min(1, (i - since + 1) / fadeFrames);
    output[i] = delay === next ? heard(delay) : (1 - weight) * heard(delay) + weight * heard(next);
    if (weight === 1) delay = next;
  });
  return output;
}
