import type { Clip } from '@tutti/dsp';

/** A stretch of a sine wave, the same in all channels but for its level. */
export interface ToneSegment {
  readonly seconds: number;
  readonly frequencyHz: number;
  /** dBFS of the peak, one for all channels or one a channel; null for silence. */
  readonly levelDb: number | null | readonly number[];
  /** Degrees at the first sample; 0 when absent. */
  readonly phase?: number;
  /** Faded in and out, so that its edges add no peak of their own; 0 when absent. */
  readonly fadeSeconds?: number;
}

/** A band-limited pulse with its peak beside the middle sample: (sin x / x) under a squared cosine. */
export interface PulseShape {
  readonly seconds: number;
  readonly amplitude: number;
  /** Share of half the sample rate. */
  readonly bandwidth: number;
  /** Of a sample. */
  readonly offset: number;
  /** Samples to either side. */
  readonly halfWidth: number;
}

/** A figure that a signal is to read, with what it may read more and less. */
export interface Expectation {
  readonly figure:
    | 'integratedLufs'
    | 'shortTermMaxLufs'
    | 'momentaryMaxLufs'
    | 'rangeLu'
    | 'truePeakDb'
    /** Every short-term value once 3 s, and every momentary value once 1 s are heard. */
    | 'everyShortTermLufs'
    | 'everyMomentaryLufs';
  readonly value: number;
  readonly above: number;
  readonly below: number;
}

/** A test signal of a standard, as data. */
export interface LoudnessSignal {
  readonly id: string;
  readonly about: string;
  readonly sampleRate: number;
  readonly channels: number;
  /** Played one after the other, all of them `repeat` times; or a pulse. */
  readonly sound:
    | { readonly segments: readonly ToneSegment[]; readonly repeat: number }
    | { readonly pulse: PulseShape };
  readonly expected: readonly Expectation[];
}

/** The signal's samples. */
export function synthesise({ sampleRate, channels, sound }: LoudnessSignal): Clip {
  if ('pulse' in sound) {
    const pulse = pulseSamples(sound.pulse, sampleRate);
    return { sampleRate, channels: Array.from({ length: channels }, () => pulse) };
  }
  const { segments, repeat } = sound;
  const lengths = segments.map(({ seconds }) => Math.round(seconds * sampleRate));
  const once = lengths.reduce((sum, length) => sum + length, 0);
  const planar = Array.from({ length: channels }, () => new Float32Array(once * repeat));
  let start = 0;
  segments.forEach((segment, index) => {
    writeTone(planar, start, lengths[index]!, segment, sampleRate);
    start += lengths[index]!;
  });
  for (const samples of planar) {
    for (let turn = 1; turn < repeat; turn++) samples.copyWithin(turn * once, 0, once);
  }
  return { sampleRate, channels: planar };
}

function writeTone(
  planar: readonly Float32Array[],
  start: number,
  frames: number,
  { frequencyHz, levelDb, phase = 0, fadeSeconds = 0 }: ToneSegment,
  sampleRate: number,
): void {
  if (levelDb === null) return;
  const fade = Math.round(fadeSeconds * sampleRate);
  const step = (2 * Math.PI * frequencyHz) / sampleRate;
  const gains = planar.map((_, channel) => 10 ** ((typeof levelDb === 'number' ? levelDb : levelDb[channel]!) / 20));
  for (let i = 0; i < frames; i++) {
    const edge = fade > 0 ? Math.min(1, (i + 1) / fade, (frames - i) / fade) : 1;
    const value = edge * Math.sin(step * i + (Math.PI * phase) / 180);
    for (let channel = 0; channel < planar.length; channel++) planar[channel]![start + i] = gains[channel]! * value;
  }
}

function pulseSamples(
  { seconds, amplitude, bandwidth, offset, halfWidth }: PulseShape,
  sampleRate: number,
): Float32Array {
  const frames = Math.round(seconds * sampleRate);
  return Float32Array.from({ length: frames }, (_, i) => {
    const t = i - Math.floor(frames / 2) - offset;
    if (Math.abs(t) >= halfWidth) return 0;
    const angle = Math.PI * bandwidth * t;
    const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
    return amplitude * sinc * Math.cos((Math.PI * t) / (2 * halfWidth)) ** 2;
  });
}
