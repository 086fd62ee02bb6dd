export interface GainChange {
  /** Frame at which the gain begins to move. */
  readonly frame: number;
  /** Linear. */
  readonly gain: number;
}

/** Plain float64 form of `Gain` for one channel: each change takes `rampFrames` frames, from wherever the gain is. */
export function gainTwin(
  samples: Float32Array,
  gain: number,
  rampFrames: number,
  changes: readonly GainChange[],
): Float64Array {
  let target = gain;
  let step = 0;
  let left = 0;
  return Float64Array.from(samples, (sample, frame) => {
    for (const change of changes) {
      if (change.frame !== frame) continue;
      step = (change.gain - (target - step * left)) / rampFrames;
      target = change.gain;
      left = rampFrames;
    }
    const present = target - step * left;
    left = Math.max(0, left - 1);
    return sample * present;
  });
}
