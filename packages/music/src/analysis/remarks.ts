import type { Level, Loudness, TruePeak } from '@tutti/dsp';
import type { KeyAnalysis, TempoAnalysis } from './track-analysis.ts';

/** Below this the momentary loudness has no window. */
const SHORTEST_LOUDNESS_SECONDS = 0.4;
/** Shorter sounds (samples, jingles) are not expected to have a pulse or a key, so that it is not remarked on. */
const SHORTEST_MUSIC_SECONDS = 10;
/** A true peak this far over full scale is clipped by every player; lossy decoding alone stays under it. */
const REMARKABLE_PEAK_DB = 1;
/** An offset of this share of the RMS is heard as a click at every start and stop. */
const REMARKABLE_OFFSET_SHARE = 0.5;
/** Music has crest factors up to some 25 dB; a click in silence has more. */
const REMARKABLE_CREST_DB = 40;

export interface Heard {
  readonly seconds: number;
  readonly loudness: Loudness;
  readonly truePeak: TruePeak;
  readonly level: Level;
  readonly tempo: TempoAnalysis;
  readonly key: KeyAnalysis;
}

/** What is odd about a sound or cannot be said of it, a sentence each. */
export function remarksOn({ seconds, loudness, truePeak, level, tempo, key }: Heard): string[] {
  const remarks: string[] = [];
  if (seconds < SHORTEST_LOUDNESS_SECONDS) {
    remarks.push(
      `${seconds.toFixed(2)} s are too short for tempo, key, structure and loudness: loudness takes 0.4 s, the rest 3 s.`,
    );
  } else if (loudness.integratedLufs === null) {
    remarks.push('Nothing is louder than -70 LUFS: there is no loudness to name.');
  }
  if (truePeak.peakDb !== null && truePeak.peakDb > REMARKABLE_PEAK_DB) {
    remarks.push(`Its true peak is ${truePeak.peakDb.toFixed(1)} dB over full scale: it is clipped, or will be.`);
  }
  if (level.rms > 0 && Math.abs(level.mean) > REMARKABLE_OFFSET_SHARE * level.rms) {
    remarks.push(`It has a constant offset of ${level.mean.toFixed(3)} (RMS ${level.rms.toFixed(3)}).`);
  }
  if (level.crestDb !== null && level.crestDb > REMARKABLE_CREST_DB) {
    remarks.push(`Its peak is ${level.crestDb.toFixed(0)} dB over its mean level: hardly more than a click.`);
  }
  if (seconds >= SHORTEST_MUSIC_SECONDS) {
    if (tempo.bpm === null) remarks.push('No pulse is clearer than what noise has: there is no tempo.');
    if (key.tonic === null) remarks.push('Too few notes of a clear pitch fit a key: there is none.');
  }
  return remarks;
}
