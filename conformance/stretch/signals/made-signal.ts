import type { Signal } from '../../mastering/signal.ts';

export const SAMPLE_RATE = 44_100;
/** Of every made signal at its own pace. */
export const SECONDS = 6;

/**
 * Sound by formula that can be made at any pace. At another pace the same sounds come at other times, what glides or
 * fades does so more slowly or faster, and neither pitch nor attacks change: what a perfect stretch of it would be.
 */
export interface MadeSignal {
  readonly name: string;
  /**
   * What it is made for: `tones` have spectra to be kept, `steady` sines neither amplitude nor frequency that moves,
   * `pulses` peaks that need all partials in phase, `hits` attacks.
   */
  readonly kind: 'tones' | 'steady' | 'pulses' | 'hits';
  /** Seconds of its attacks at its own pace; empty where they are not judged. */
  readonly attacks: readonly number[];
  /** Frequencies of its steady sines. */
  readonly sinesHz: readonly number[];
  /** @param ratio duration over that of the original: 1 is the original */
  make(ratio: number): Signal;
}

/** Planar stereo filled sample by sample with what `value` gives at a moment, in seconds of the output. */
export function fill(ratio: number, value: (seconds: number) => readonly [left: number, right: number]): Signal {
  const frames = Math.round(SECONDS * ratio * SAMPLE_RATE);
  const left = new Float64Array(frames);
  const right = new Float64Array(frames);
  for (let i = 0; i < frames; i++) [left[i], right[i]] = value(i / SAMPLE_RATE) as [number, number];
  return { sampleRate: SAMPLE_RATE, channels: [left, right] };
}
