/** Two channels of equal length. */
export interface Stereo {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

export function createStereo(frames: number): Stereo {
  return { left: new Float32Array(frames), right: new Float32Array(frames) };
}

/** Adds `source` times `gain` from frame `at` on; what lies outside the destination is left out. */
export function mixAt(destination: Stereo, source: Stereo, at: number, gain: number): void {
  addInto(destination.left, source.left, at, gain);
  addInto(destination.right, source.right, at, gain);
}

function addInto(destination: Float32Array, source: Float32Array, at: number, gain: number): void {
  const from = Math.max(0, -at);
  const to = Math.min(source.length, destination.length - at);
  for (let i = from; i < to; i++) destination[at + i]! += gain * source[i]!;
}
