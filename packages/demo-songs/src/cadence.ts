import type { Clip } from '@tutti/dsp';
import type { Key } from '@tutti/music/theory';
import { requireRange, requireWhole } from './errors.ts';
import { type ChordSpan, layProgression } from './harmony/progression.ts';
import { voiceChord } from './harmony/voicing.ts';
import { Track } from './mix/track.ts';
import { ORGAN } from './styles/patches.ts';
import { NoteBank } from './synth/note-bank.ts';

export interface CadenceOptions {
  /** Frequency of A4, 400 to 480; 440 when absent. */
  readonly tuningHz?: number;
  /** Hz, 8000 to 192000; 44100 when absent. */
  readonly sampleRate?: number;
  /** 1 to 60; 8 when absent. Each of the four chords lasts a quarter of it. */
  readonly seconds?: number;
}

const CADENCES = { major: 'I | IV | V | I', minor: 'i | iv | V | i' } as const;
const REGISTER = { lowest: 55, highest: 76 };
const LOWEST_BASS = 36;
const LEVEL = 0.12;
/** Notes end so much early: what rings on must not reach past the clip, where it would be cut. */
const RELEASE_SECONDS = 0.12;

/**
 * A plain cadence on an organ, voice-led, with the root in the bass: I-IV-V-I, in minor i-iv-V-i.
 * @returns mono, `seconds` long
 * @throws DemoSongError 'invalid-option' naming what is out of its range
 */
export function composeCadence(key: Key, options: CadenceOptions = {}): Clip {
  const { tuningHz = 440, sampleRate = 44_100, seconds = 8 } = options;
  requireRange('invalid-option', 'tuningHz', tuningHz, 400, 480);
  requireRange('invalid-option', 'seconds', seconds, 1, 60);
  requireWhole('invalid-option', 'sampleRate', sampleRate, 8000, 192_000);
  const out = new Track(Math.round(seconds * sampleRate), sampleRate);
  const bank = new NoteBank(ORGAN, tuningHz, sampleRate);
  const chordSeconds = seconds / 4;
  let voicing: readonly number[] = [];
  const spans: ChordSpan[] = layProgression(CADENCES[key.mode], key, 0, 4, 1);
  for (const { beat, chord } of spans) {
    voicing = voiceChord(chord.tones, 3, REGISTER, voicing);
    const bass = LOWEST_BASS + ((chord.root - LOWEST_BASS + 144) % 12);
    const at = Math.round(beat * chordSeconds * sampleRate);
    out.paint(bank.chord([bass, ...voicing], chordSeconds - RELEASE_SECONDS, 1), at, LEVEL);
  }
  return { sampleRate, channels: [out.left] };
}
