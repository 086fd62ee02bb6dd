/** Time in which the gain goes down; short, but longer than a sample, so that it does not click. */
const FALL_SECONDS = 0.004;

/**
 * How far everything makes room for the kick: 1 right after a hit, back to 0 over `recoverSeconds` along a curve that
 * starts slowly, as a compressor fed by the kick does.
 */
export function duckingCurve(
  kickFrames: readonly number[],
  recoverSeconds: number,
  frames: number,
  sampleRate: number,
): Float32Array {
  const curve = new Float32Array(frames);
  const fallFrames = Math.max(1, Math.round(FALL_SECONDS * sampleRate));
  const recoverFrames = Math.max(1, Math.round(recoverSeconds * sampleRate));
  for (const start of kickFrames) {
    const end = Math.min(frames, start + fallFrames + recoverFrames);
    for (let i = start; i < end; i++) {
      const since = i - start;
      const back = Math.max(0, (since - fallFrames) / recoverFrames);
      const room = since < fallFrames ? (since + 1) / fallFrames : 0.5 + 0.5 * Math.cos(Math.PI * back);
      if (room > curve[i]!) curve[i] = room;
    }
  }
  return curve;
}

/** Applies the curve in place. @param depth 0 to 1: how much of the level goes away at the hit */
export function duck(samples: Float32Array, curve: Float32Array, depth: number): void {
  for (let i = 0; i < samples.length; i++) samples[i]! *= 1 - depth * curve[i]!;
}
