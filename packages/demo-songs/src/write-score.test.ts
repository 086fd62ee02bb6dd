import { ALL_KEYS, type Key, keyOf, tonicOf } from '@tutti/music/theory';
import { describe, expect, it } from 'vitest';
import { planPerformance } from './compose-song.ts';
import { DEMO_SONGS } from './demo-songs.ts';
import type { Score } from './score.ts';
import type { SongSpec } from './song-spec.ts';
import { STYLE_NAMES } from './styles/style-name.ts';
import { STYLES } from './styles/style-table.ts';

/** Krumhansl & Kessler, Psychological Review 89(4), 1982: how well each degree fits a key. */
const PROFILES = {
  major: [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88],
  minor: [6.33, 2.68, 3.52, 5.38, 2.6, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17],
};

function correlation(a: readonly number[], b: readonly number[]): number {
  const centred = (list: readonly number[]) => list.map((x) => x - list.reduce((sum, y) => sum + y, 0) / list.length);
  const [x, y] = [centred(a), centred(b)];
  const dot = (p: readonly number[], q: readonly number[]) => p.reduce((sum, value, i) => sum + value * q[i]!, 0);
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}

/** The key whose profile the durations of the notes fit best; the bass counts twice. */
function keyOfNotes(score: Score): Key {
  const histogram = new Array<number>(12).fill(0);
  for (const [part, notes] of Object.entries(score.parts)) {
    for (const { midi, beats, velocity } of notes) {
      histogram[midi % 12]! += beats * velocity * (part === 'bass' ? 2 : 1);
    }
  }
  const fit = (key: Key) =>
    correlation(
      histogram.map((_, degree) => histogram[(degree + tonicOf(key)) % 12]!),
      PROFILES[key.mode],
    );
  return ALL_KEYS.reduce((best, key) => (fit(key) > fit(best) ? key : best));
}

const planned = (changes: Partial<SongSpec>) => planPerformance({ ...DEMO_SONGS[0]!, ...changes }, 44_100);

describe('the score', () => {
  it.each(STYLE_NAMES)('of %s is in its key, in all 24', (style) => {
    for (const [i, key] of ALL_KEYS.entries()) {
      expect(keyOfNotes(planned({ style, key, seed: i }).score)).toEqual(key);
    }
  });

  it('of every demo song is in its key', () => {
    for (const spec of DEMO_SONGS) expect(keyOfNotes(planPerformance(spec, 44_100).score)).toEqual(spec.key);
  });

  it.each(STYLE_NAMES)('of %s keeps to its registers, velocities and sections, in both meters and modes', (style) => {
    const { bass, lead, chords } = STYLES[style];
    for (const meter of [3, 4] as const) {
      for (const mode of ['major', 'minor'] as const) {
        const { score, sections } = planned({ style, meter, key: keyOf(8, mode), seed: 77 });
        const end = sections.at(-1)!.startBeat + sections.at(-1)!.beats;
        for (const note of Object.values(score.parts).flat()) {
          expect(note.velocity > 0 && note.velocity <= 1).toBe(true);
          expect(note.beats > 0 && note.beat >= 0 && note.beat + note.beats <= end).toBe(true);
        }
        for (const hit of score.drums) expect(hit.velocity > 0 && hit.velocity <= 1 && hit.beat < end).toBe(true);
        const within = (notes: readonly { midi: number }[], lowest: number, highest: number) =>
          notes.every((note) => note.midi >= lowest && note.midi <= highest);
        expect(within(score.parts.chords, chords.register.lowest, chords.register.highest + 12)).toBe(true);
        expect(within(score.parts.bass, bass.register.lowest - 2, bass.register.highest)).toBe(true);
        expect(within(score.parts.lead, lead.register.lowest - 12, lead.register.highest + 12)).toBe(true);
      }
    }
  });

  it('starts and ends dance songs with eight bars led by drums', () => {
    for (const style of ['house', 'disco', 'electro', 'techno', 'trance', 'drum-and-bass'] as const) {
      const { sections, score } = planned({ style });
      for (const section of [sections[0]!, sections.at(-1)!]) {
        expect(section.bars).toBeGreaterThanOrEqual(8);
        const inside = ({ beat }: { beat: number }) =>
          beat >= section.startBeat && beat < section.startBeat + section.beats;
        expect(score.drums.filter((hit) => hit.drum === 'kick').filter(inside).length).toBeGreaterThanOrEqual(16);
        expect(score.parts.lead.filter(inside)).toEqual([]);
      }
    }
  });

  it('has its hook come back: the first two bars of a drop sound again after four', () => {
    const { score, sections } = planned({ style: 'electro', seed: 3 });
    const drop = sections.find((section) => section.role === 'drop')!;
    const melody = (fromBar: number) =>
      score.parts.lead
        .filter(({ beat }) => beat >= drop.startBeat + 4 * fromBar && beat < drop.startBeat + 4 * (fromBar + 2))
        .map(({ beat, midi }) => [beat - drop.startBeat - 4 * fromBar, midi]);
    expect(melody(0).length).toBeGreaterThan(4);
    expect(melody(4)).toEqual(melody(0));
    expect(melody(2)).not.toEqual(melody(0));
  });
});
