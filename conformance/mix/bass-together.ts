// Whether two tracks of a mix have their bass at full at the same time, from their sounds rendered apart. Plain float64.

/** Kick and bass line lie below. */
const BASS_HZ = 150;
/** Power is compared in windows of about a beat, half of which overlap. */
const WINDOW_SECONDS = 0.5;
/** A track whose bass is so far under its whole sound has none that could be in the way. */
const NO_BASS_DB = -20;

/** Low-pass of fourth order (Butterworth: two biquads of the Audio EQ Cookbook with these Q). */
const QUALITIES = [0.5412, 1.3066];

function lowPass(signal: ArrayLike<number>, sampleRate: number, q: number): Float64Array {
  const omega = (2 * Math.PI * BASS_HZ) / sampleRate;
  const alpha = Math.sin(omega) / (2 * q);
  const cosine = Math.cos(omega);
  const a0 = 1 + alpha;
  const [b0, b1] = [(1 - cosine) / (2 * a0), (1 - cosine) / a0];
  const [a1, a2] = [(-2 * cosine) / a0, (1 - alpha) / a0];
  const output = new Float64Array(signal.length);
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  for (let i = 0; i < signal.length; i++) {
    const x = signal[i]!;
    const y = b0 * (x + x2) + b1 * x1 - a1 * y1 - a2 * y2;
    x2 = x1;
    x1 = x;
    y2 = y1;
    y1 = y;
    output[i] = y;
  }
  return output;
}

function windowPowers(signal: ArrayLike<number>, sampleRate: number): number[] {
  const hop = Math.round((WINDOW_SECONDS * sampleRate) / 2);
  const count = Math.max(0, Math.floor(signal.length / hop) - 1);
  return Array.from({ length: count }, (_, window) => {
    let sum = 0;
    for (let i = window * hop; i < (window + 2) * hop; i++) sum += signal[i]! ** 2;
    return sum / (2 * hop);
  });
}

/** Power below 150 Hz in windows of half a second, a quarter of a second apart. */
export function bassPowers(signal: ArrayLike<number>, sampleRate: number): number[] {
  const filtered = QUALITIES.reduce<ArrayLike<number>>((sound, q) => lowPass(sound, sampleRate, q), signal);
  return windowPowers(filtered, sampleRate);
}

/** What a track's bass is at full: the mean over a stretch of it alone; null where it has none worth the name. */
export function fullBass(alone: ArrayLike<number>, sampleRate: number): number | null {
  const mean = (powers: readonly number[]) =>
    powers.reduce((sum, power) => sum + power, 0) / Math.max(1, powers.length);
  const bass = mean(bassPowers(alone, sampleRate));
  const all = mean(windowPowers(alone, sampleRate));
  return all > 0 && 10 * Math.log10(bass / all) > NO_BASS_DB ? bass : null;
}

/**
 * The fullest that both are at once: over all windows, the largest of what the lesser of the two has of its full bass, dB. At 0
 * both are at full; where one takes over from the other at equal power it is about -3.
 * @param sounds of both tracks through their transition, each by itself
 * @param full as `fullBass` says
 */
export function bassTogetherDb(
  sounds: readonly [ArrayLike<number>, ArrayLike<number>],
  full: readonly [number, number],
  sampleRate: number,
): number {
  const [out, incoming] = [bassPowers(sounds[0], sampleRate), bassPowers(sounds[1], sampleRate)];
  const lesser = out.map((power, i) => Math.min(power / full[0], (incoming[i] ?? 0) / full[1]));
  return 10 * Math.log10(Math.max(1e-9, ...lesser));
}
