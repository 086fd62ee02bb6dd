/** Steps of the meter, of 0.1 s, that one momentary window covers. */
const MOMENTARY_STEPS = 4;
const GATE_LUFS = -70;
const DIGITS = 100;

/**
 * Loudness of stretches that follow each other without a gap.
 * @param momentary LUFS of 0.4 s, one each 0.1 s, -70 and less is silence
 * @param steps of 0.1 s that a stretch lasts, at least 4
 * @returns LUFS of every whole stretch, to two digits: the mean power of the windows within; null under -70 LUFS
 */
export function hopLoudness(momentary: Float32Array, steps: number): (number | null)[] {
  const count = momentary.length > 0 ? Math.floor((momentary.length + MOMENTARY_STEPS - 1) / steps) : 0;
  return Array.from({ length: count }, (_, hop) => {
    const windows = momentary.subarray(hop * steps, hop * steps + steps - MOMENTARY_STEPS + 1);
    const power = windows.reduce((sum, lufs) => sum + (lufs > GATE_LUFS ? 10 ** (lufs / 10) : 0), 0) / windows.length;
    return power > 10 ** (GATE_LUFS / 10) ? Math.round(10 * DIGITS * Math.log10(power)) / DIGITS : null;
  });
}
