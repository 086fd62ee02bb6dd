import type { Clip } from '@tutti/dsp';
import { whiteNoise } from './listening-signals.ts';

export interface MixdownOptions {
  readonly seconds: number;
  readonly sampleRate?: number;
  /** Linear, before `drive`. */
  readonly gain?: number;
  /** How hard the sum is pushed into a soft clipper: 1 leaves peaks, 8 is crushed. */
  readonly drive?: number;
  /** Level of what differs between left and right. */
  readonly side?: number;
  /** How much softer the verses (first half of each 8 s) are, linear. */
  readonly verse?: number;
  readonly mono?: boolean;
}

/** Something like a mixdown: drums at 120 BPM, a bass, chords to both sides and noise in bursts. Deterministic. */
export function mixdown(options: MixdownOptions): Clip {
  const { seconds, sampleRate = 44_100, gain = 0.5, drive = 1, side = 0.3, verse = 1, mono = false } = options;
  const frames = Math.round(seconds * sampleRate);
  const hiss = whiteNoise(frames, 11);
  const tone = (time: number, hertz: number) => Math.sin(2 * Math.PI * hertz * time);
  const make = (sign: number) =>
    Float32Array.from({ length: frames }, (_, i) => {
      const time = i / sampleRate;
      const beat = (time * 2) % 1;
      const half = (time * 4) % 1;
      const kick = Math.exp(-beat * 9) * Math.sin(30 * (1 - Math.exp(-beat * 12)) + 25 * beat);
      const bass = 0.35 * tone(time, 55);
      const chord = tone(time, 220) + tone(time, 277.2) + tone(time, 329.6) + 0.4 * tone(time, 1320);
      const hat = 0.3 * hiss[i]! * Math.exp(-half * 18);
      const wide = sign * side * (0.2 * tone(time, 440.7) + 0.1 * tone(time, 3001) + 0.15 * hiss[frames - 1 - i]!);
      const level = gain * (time % 8 < 4 ? verse : 1);
      return Math.tanh(drive * level * (0.9 * kick + bass + 0.12 * chord + hat + wide)) / Math.tanh(drive);
    });
  const left = make(1);
  return { sampleRate, channels: mono ? [left] : [left, make(-1)] };
}
