import { composeCadence, composeSong, DEMO_SONGS, type SectionSpec } from '@tutti/demo-songs';
import { Kernels } from '@tutti/dsp';
import { analyseClip } from '@tutti/music/analysis';
import { ALL_KEYS } from '@tutti/music/theory';
import { describe, expect, it } from 'vitest';
import { judgeSong } from './known-songs.ts';

const kernels = new Kernels();
const SAMPLE_RATE = 16_000;
/** About half a minute, so that the test stays quick; `demo-songs.ts` hears the songs in full. */
const SHORT: readonly SectionSpec[] = [
  { label: 'intro', bars: 4 },
  { label: 'drop', bars: 8 },
];
const STYLES = ['disco', 'trance', 'drum-and-bass', 'downtempo', 'waltz', 'rock'];
const SONGS = DEMO_SONGS.filter(({ style }) => STYLES.includes(style));

describe('the analysis of composed music', () => {
  it.each(SONGS.map((spec) => [spec.title, spec] as const))('knows the tempo and the beats of %s', (_, spec) => {
    const { clip, truth } = composeSong({ ...spec, arrangement: SHORT }, { sampleRate: SAMPLE_RATE });
    const analysis = analyseClip(kernels, clip);
    const verdict = judgeSong(truth, analysis);
    expect(verdict.isKindRight).toBe(true);
    expect(Math.abs(verdict.tempoError!)).toBeLessThan(truth.tempoKind === 'constant' ? 0.001 : 0.01);
    if (truth.tempoKind === 'constant') expect(verdict.worstBeat).toBeLessThan(0.01);
    expect(verdict.medianBeat).toBeLessThan(0.01);
    expect(verdict.phrasesOnBars).toBe(1);
    expect(analysis.tempo.meter).toBe(truth.meter);
  });

  it.each(ALL_KEYS)('knows the cadence of $tonic $mode', (key) => {
    const { tonic, mode } = analyseClip(kernels, composeCadence(key, { sampleRate: SAMPLE_RATE, seconds: 6 })).key;
    expect({ tonic, mode }).toEqual(key);
  });
});
