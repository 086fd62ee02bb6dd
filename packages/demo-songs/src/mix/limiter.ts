const LOOK_AHEAD_SECONDS = 0.003;
const RELEASE_SECONDS = 0.12;

/**
 * Gain that keeps a stereo signal below a ceiling: it is already down when the peak comes, and returns slowly.
 * Stages: gain needed per frame -> its minimum over the look-ahead -> slow return -> mean over the look-ahead.
 * @param ceiling highest absolute value, linear
 * @returns Float32Array [frames], each in (0, 1]; both channels share it
 */
export function limiterGain(
  left: Float32Array,
  right: Float32Array,
  ceiling: number,
  sampleRate: number,
): Float32Array {
  const frames = left.length;
  const look = Math.max(1, Math.round(LOOK_AHEAD_SECONDS * sampleRate));
  const gain = new Float32Array(frames + look);
  // Minimum over the last `look + 1` frames, and the last frame for which it stands.
  let held = 1;
  let heldUntil = -1;
  const needed = (i: number) => {
    const peak = Math.max(Math.abs(left[i]!), Math.abs(right[i]!));
    return peak > ceiling ? ceiling / peak : 1;
  };
  const release = Math.exp(-1 / (RELEASE_SECONDS * sampleRate));
  let level = 1;
  for (let i = 0; i < frames + look; i++) {
    const now = i < frames ? needed(i) : 1;
    if (now <= held) {
      held = now;
      heldUntil = i + look;
    } else if (i > heldUntil) {
      // The deepest peak has left the window: look back for the next one.
      held = 1;
      for (let k = Math.max(0, i - look); k <= i; k++) {
        const past = k < frames ? needed(k) : 1;
        if (past > held) continue;
        held = past;
        heldUntil = k + look;
      }
    }
    level = Math.min(held, 1 - (1 - level) * release);
    gain[i] = level;
  }
  // Mean of the last `look` values, written `look` frames earlier: the ramp ends where the peak is.
  const smooth = new Float32Array(frames);
  let sum = look;
  for (let i = 0; i < frames + look; i++) {
    sum += gain[i]! - (i >= look ? gain[i - look]! : 1);
    if (i >= look) smooth[i - look] = Math.min(1, sum / look);
  }
  return smooth;
}
