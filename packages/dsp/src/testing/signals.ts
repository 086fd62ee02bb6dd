// Signals for tests and benchmarks.

/** Reproducible white noise in [-amplitude, amplitude). */
export function noise(frames: number, seed = 1, amplitude = 1): Float32Array<ArrayBuffer> {
  let state = seed >>> 0;
  return Float32Array.from({ length: frames }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return amplitude * (state / 2 ** 31 - 1);
  });
}

/** A sine of `amplitude`; `phase` in degrees at the first sample. */
export function sine(
  frames: number,
  sampleRate: number,
  frequencyHz: number,
  amplitude = 1,
  phase = 0,
): Float32Array<ArrayBuffer> {
  const step = (2 * Math.PI * frequencyHz) / sampleRate;
  return Float32Array.from({ length: frames }, (_, i) => amplitude * Math.sin(i * step + (phase * Math.PI) / 180));
}

/**
 * Something like a mastered song: a kick twice a second, a bass, chords, and hiss in bursts, with peaks near full scale.
 */
export function songLike(frames: number, sampleRate: number, seed = 1): Float32Array<ArrayBuffer> {
  const hiss = noise(frames, seed);
  const tone = (i: number, frequencyHz: number) => Math.sin((2 * Math.PI * frequencyHz * i) / sampleRate);
  return Float32Array.from({ length: frames }, (_, i) => {
    const beat = ((i * 2) / sampleRate) % 1;
    const offbeat = ((i * 4) / sampleRate) % 1;
    const kick = Math.exp(-beat * 10) * Math.sin(30 * (1 - Math.exp(-beat * 12)) + 25 * beat);
    const chord = tone(i, 220 + 0.1 * seed) + tone(i, 277.2) + tone(i, 329.6) + 0.4 * tone(i, 1320);
    const value = 0.9 * kick + 0.35 * tone(i, 55) + 0.12 * chord + 0.25 * hiss[i]! * Math.exp(-offbeat * 20);
    return Math.tanh(value);
  });
}

/** A single sample of 1, then silence. */
export function impulse(frames: number): Float32Array {
  const samples = new Float32Array(frames);
  samples[0] = 1;
  return samples;
}
