import { ALL_KEYS } from '@tutti/music/theory';
import { describe, expect, it } from 'vitest';
import { STYLES } from '../styles/style-table.ts';
import { chordAt, layProgression } from './progression.ts';
import { voiceChord } from './voicing.ts';

describe('voiceChord', () => {
  it('finds room for every chord of every style in every key, within the register and moving little', () => {
    for (const { progressions, chords } of Object.values(STYLES)) {
      for (const key of ALL_KEYS) {
        const { verse, drop } = progressions[key.mode];
        for (const progression of [...verse, ...drop]) {
          let previous: number[] = [];
          for (const { chord } of layProgression(progression, key, 0, 8, 4)) {
            const notes = voiceChord(chord.tones, chords.voices, chords.register, previous);
            expect(notes.every((note) => chord.tones.includes(note % 12))).toBe(true);
            expect(notes.some((note) => note % 12 === chord.tones[1])).toBe(true);
            expect(notes[0]).toBeGreaterThanOrEqual(chords.register.lowest);
            expect(notes.at(-1)).toBeLessThanOrEqual(chords.register.highest);
            expect([...notes].sort((a, b) => a - b)).toEqual(notes);
            const mean = (list: readonly number[]) => list.reduce((sum, note) => sum + note, 0) / list.length;
            if (previous.length > 0) expect(Math.abs(mean(notes) - mean(previous))).toBeLessThan(6);
            previous = notes;
          }
        }
      }
    }
  });

  it('keeps common tones: from C major to A minor one voice moves', () => {
    expect(voiceChord([9, 0, 4], 3, { lowest: 55, highest: 76 }, [60, 64, 67])).toEqual([60, 64, 69]);
  });
});

describe('layProgression', () => {
  const key = ALL_KEYS[0]!;

  it('fills every bar without gaps, over and over', () => {
    const spans = layProgression('I | vi | ii V', key, 8, 7, 4);
    expect(spans.map((span) => span.beat)).toEqual([8, 12, 16, 18, 20, 24, 28, 30, 32]);
    expect(spans.map((span) => span.chord.symbol).join(' ')).toBe('I vi ii V I vi ii V I');
  });

  it('gives the first of two chords the longer part of a bar of three', () => {
    expect(layProgression('I V', key, 0, 1, 3).map((span) => span.beats)).toEqual([2, 1]);
  });

  it('says which chord sounds', () => {
    const spans = layProgression('I | vi | ii V', key, 0, 3, 4);
    expect([0, 3.9, 4, 9.99, 10, 99].map((beat) => chordAt(spans, beat).chord.symbol)).toEqual([
      'I',
      'I',
      'vi',
      'ii',
      'V',
      'V',
    ]);
  });
});
