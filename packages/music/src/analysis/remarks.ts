import type { Level, Loudness, TruePeak } from '@tutti/dsp';
import type { KeyAnalysis, TempoAnalysis } from './track-analysis.ts';

/** Below these the momentary and the short-term loudness have no window. */
const SHORTEST_LOUDNESS_SECONDS = 0.4;
const SHORTEST_SHORT_TERM_SECONDS = 3;
/** Of shorter sounds (samples, jingles) nobody expects a pulse or a key. */
const SHORTEST_MUSIC_SECONDS = 10;
/** A true peak this far over full scale is clipped by every player; lossy decoding alone stays under it. */
const REMARKABLE_PEAK_DB = 1;
/** Clipping of this share of the samples, four in each second at 44.1 kHz, is more than a stray peak. */
const REMARKABLE_CLIPPED_SHARE = 1e-4;
/** An offset of this share of the RMS is heard as a click at every start and stop. */
const REMARKABLE_OFFSET_SHARE = 0.5;
/** Music has crest factors up to some 25 dB; a click in silence has more. */
const REMARKABLE_CREST_DB = 40;
/** A channel that is so much softer than the loudest is dead: cross-talk of tape and vinyl alone is louder. */
const SILENT_CHANNEL_DB = -60;
/** Mean square of the mono mix over that of the channels: 1 for mono, 1/2 for channels that are not related. */
const CANCELLED_SHARE = 0.02;
/** Below this rate the highest of the bands that are listened to, from 4 kHz on, is narrower than an octave. */
const LOW_SAMPLE_RATE = 16_000;

export interface Heard {
  readonly seconds: number;
  /** Hz */
  readonly sampleRate: number;
  /** Mean square of the mono mix. */
  readonly monoPower: number;
  readonly loudness: Loudness;
  readonly truePeak: TruePeak;
  /** Of all channels, and of each. */
  readonly level: Level;
  readonly channelLevels: readonly Level[];
  readonly tempo: TempoAnalysis;
  readonly key: KeyAnalysis;
  /** In how many reels it was heard, 0 for what was heard as a whole; and how long a sound may be for that. */
  readonly reels: { readonly count: number; readonly longestWholeSeconds: number };
}

/** Sentences about a sound. Every part that is null has its reason in one of the two. */
export interface Remarks {
  /** What a listener would want mended, or would not have expected of music. */
  readonly warnings: readonly string[];
  /** What cannot be said of a healthy sound, and why. */
  readonly notes: readonly string[];
}

/** What is odd about a sound, and what cannot be said of it. */
export function remarksOn(heard: Heard): Remarks {
  return {
    warnings: [
      ...warningsOfLittleSound(heard),
      ...warningsOfSound(heard),
      ...warningsOfChannels(heard),
      ...(heard.seconds >= SHORTEST_MUSIC_SECONDS ? missingMusic(heard) : []),
    ],
    notes: [
      ...notesOnLength(heard),
      ...notesOnFormat(heard),
      ...(heard.seconds < SHORTEST_MUSIC_SECONDS ? missingMusic(heard) : []),
    ],
  };
}

function warningsOfLittleSound({ seconds, loudness }: Heard): string[] {
  if (seconds < SHORTEST_LOUDNESS_SECONDS) {
    return [
      `${seconds.toFixed(2)} s are too short for tempo, key, structure and loudness: loudness takes 0.4 s, the rest 3 s.`,
    ];
  }
  return loudness.integratedLufs === null ? ['Nothing is louder than -70 LUFS: there is no loudness to name.'] : [];
}

function warningsOfSound({ truePeak, level }: Heard): string[] {
  const remarks: string[] = [];
  if (truePeak.peakDb !== null && truePeak.peakDb > REMARKABLE_PEAK_DB) {
    remarks.push(`Its true peak is ${truePeak.peakDb.toFixed(1)} dB over full scale: it is clipped, or will be.`);
  }
  if (level.clippedShare > REMARKABLE_CLIPPED_SHARE) {
    remarks.push(`${(100 * level.clippedShare).toFixed(2)} % of its samples are cut off at full scale: it is clipped.`);
  }
  if (level.rms > 0 && Math.abs(level.mean) > REMARKABLE_OFFSET_SHARE * level.rms) {
    remarks.push(`It has a constant offset of ${level.mean.toFixed(3)} (RMS ${level.rms.toFixed(3)}).`);
  }
  if (level.crestDb !== null && level.crestDb > REMARKABLE_CREST_DB) {
    remarks.push(`Its peak is ${level.crestDb.toFixed(0)} dB over its mean level: hardly more than a click.`);
  }
  return remarks;
}

function isSilentBeside({ channelLevels }: Heard): boolean[] {
  const loudest = Math.max(...channelLevels.map(({ rms }) => rms));
  return channelLevels.map(({ rms }) => rms < loudest * 10 ** (SILENT_CHANNEL_DB / 20));
}

function notesOnLength({ reels }: Heard): string[] {
  if (reels.count === 0) return [];
  return [
    `It is longer than ${Math.round(reels.longestWholeSeconds / 60)} minutes: tempo, key, structure and embedding were heard in ${reels.count} reels that overlap, and joined; there is no fingerprint.`,
  ];
}

function notesOnFormat(heard: Heard): string[] {
  const { sampleRate, channelLevels } = heard;
  const notes: string[] = [];
  if (sampleRate < LOW_SAMPLE_RATE) {
    notes.push(
      `At ${sampleRate} samples a second there is nothing above ${sampleRate / 2} Hz: energy and timbre are those of what is left.`,
    );
  }
  // Of many channels some are often silent: the low frequencies, the surrounds.
  const silent = channelLevels.length === 2 ? isSilentBeside(heard).indexOf(true) : -1;
  if (silent >= 0) notes.push(`Its ${silent === 0 ? 'left' : 'right'} channel is silent: it is mono in the other one.`);
  return notes;
}

function warningsOfChannels(heard: Heard): string[] {
  const { level, channelLevels, monoPower } = heard;
  if (channelLevels.length < 2 || level.rms === 0) return [];
  // Without the constant part, which the bands do not have.
  const energy = channelLevels.reduce((sum, { rms, mean }) => sum + Math.max(0, rms ** 2 - mean ** 2), 0);
  const cancels = monoPower < (CANCELLED_SHARE * energy) / channelLevels.length;
  if (!cancels || isSilentBeside(heard).includes(true)) return [];
  return [
    'Its channels cancel each other out when they are mixed to mono, as one with its polarity inverted does: tempo, key, structure, energy and timbre are those of what is left.',
  ];
}

/** Why there is no tempo and no key. */
function missingMusic({ seconds, tempo, key }: Heard): string[] {
  if (seconds < SHORTEST_LOUDNESS_SECONDS) return [];
  if (seconds < SHORTEST_SHORT_TERM_SECONDS) {
    return [
      `${seconds.toFixed(2)} s are too short for tempo, key, structure, short-term loudness and loudness range: they take 3 s.`,
    ];
  }
  const reasons: string[] = [];
  if (tempo.bpm === null) reasons.push('No pulse is clearer than what noise has: there is no tempo.');
  if (key.tonic === null) reasons.push('Too few notes of a clear pitch fit a key: there is none.');
  return reasons;
}
