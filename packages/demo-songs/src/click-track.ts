import type { Clip } from '@tutti/dsp';
import { requireRange, requireWhole } from './errors.ts';
import { TEMPO_RANGE } from './song-spec.ts';

export interface ClickTrackOptions {
  /** 60 to 200 */
  readonly bpm: number;
  /** More than 0, up to 600. */
  readonly seconds: number;
  /** Beats per bar, 1 to 12. */
  readonly meter: number;
  /** Hz, 8000 to 192000; 44100 when absent. */
  readonly sampleRate?: number;
}

export interface ClickTrack {
  /** Mono. */
  readonly clip: Clip;
  /** Seconds; a click starts at the nearest sample. */
  readonly beats: readonly number[];
  readonly downbeats: readonly number[];
}

const CLICK_SECONDS = 0.03;
const DECAY_SECONDS = 0.006;

/**
 * A metronome: short decaying tones, higher and louder on the first beat of the bar. Only clicks that end in time sound.
 * @throws DemoSongError 'invalid-option' naming what is out of its range
 */
export function composeClickTrack({ bpm, seconds, meter, sampleRate = 44_100 }: ClickTrackOptions): ClickTrack {
  requireRange('invalid-option', 'bpm', bpm, TEMPO_RANGE.minimumBpm, TEMPO_RANGE.maximumBpm);
  requireRange('invalid-option', 'seconds', seconds, 0.001, 600);
  requireWhole('invalid-option', 'meter', meter, 1, 12);
  requireWhole('invalid-option', 'sampleRate', sampleRate, 8000, 192_000);
  const samples = new Float32Array(Math.round(seconds * sampleRate));
  const beats: number[] = [];
  for (let beat = 0; (beat * 60) / bpm + CLICK_SECONDS <= seconds; beat++) {
    const time = (beat * 60) / bpm;
    beats.push(time);
    const isDownbeat = beat % meter === 0;
    addClick(samples, Math.round(time * sampleRate), isDownbeat ? 1568 : 1047, isDownbeat ? 0.9 : 0.6, sampleRate);
  }
  return {
    clip: { sampleRate, channels: [samples] },
    beats,
    downbeats: beats.filter((_, beat) => beat % meter === 0),
  };
}

function addClick(samples: Float32Array, at: number, frequencyHz: number, level: number, sampleRate: number): void {
  const end = Math.min(samples.length, at + Math.round(CLICK_SECONDS * sampleRate));
  for (let i = at; i < end; i++) {
    const time = (i - at) / sampleRate;
    // A cosine: the click is loudest at its first sample.
    samples[i] = level * Math.exp(-time / DECAY_SECONDS) * Math.cos(2 * Math.PI * frequencyHz * time);
  }
}
