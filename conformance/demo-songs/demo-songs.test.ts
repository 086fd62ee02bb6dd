import { composeCadence, composeSong, DEMO_SONGS, type Song } from '@tutti/demo-songs';
import { clipSeconds, Kernels } from '@tutti/dsp';
import { analyseClip, type TrackAnalysis } from '@tutti/music/analysis';
import { ALL_KEYS, camelotOf } from '@tutti/music/theory';
import { describe, expect, it } from 'vitest';
import { songOfRow } from '../key/composed-key.ts';
import { figuresOf, judgeSong, meetsStandards } from './judge-song.ts';

const kernels = new Kernels();

/** Distance of each true beat from the nearest one that was found, in seconds. */
function beatErrors({ truth }: Song, { tempo }: TrackAnalysis): number[] {
  return truth.beats.map((beat) => Math.min(...tempo.beats.map((found) => Math.abs(found - beat))));
}

describe.each(DEMO_SONGS.map((spec) => [spec.title, spec] as const))('the demo song "%s"', (_title, spec) => {
  const song = composeSong(spec);
  const analysis = analyseClip(kernels, song.clip);
  const { truth } = song;

  it('has its key heard', () => {
    expect({ tonic: analysis.key.tonic, mode: analysis.key.mode }).toEqual(truth.key);
  });

  it('has its meter and its tuning heard', () => {
    expect(analysis.tempo.meter).toBe(truth.meter);
    expect(Math.abs(1200 * Math.log2(analysis.key.tuningHz! / truth.tuningHz))).toBeLessThan(5);
  });

  if (truth.tempoKind === 'constant') {
    it('has its tempo heard within 0.1 %', () => {
      expect(analysis.tempo.kind).toBe('constant');
      expect(Math.abs(analysis.tempo.bpm! / truth.bpm - 1)).toBeLessThan(0.001);
    });

    it('has every beat found within 10 ms', () => {
      expect(Math.max(...beatErrors(song, analysis))).toBeLessThan(0.01);
    });
  } else {
    it('has nine beats of ten found within 40 ms though its tempo moves', () => {
      const near = beatErrors(song, analysis).filter((error) => error < 0.04);
      expect(near.length / truth.beats.length).toBeGreaterThan(0.9);
    });
  }

  it('has its downbeats told from the other beats', () => {
    const found = truth.downbeats.filter((downbeat) =>
      analysis.tempo.downbeats.some((time) => Math.abs(time - downbeat) < 0.07),
    );
    expect(found.length / truth.downbeats.length).toBeGreaterThan(0.9);
  });

  it('has its sections found within half a second', () => {
    const truths = truth.sections.map(({ start }) => start);
    const found = analysis.structure.sections.map(({ start }) => start);
    const near = (time: number, others: readonly number[]) => others.some((other) => Math.abs(other - time) < 0.5);
    const recall = truths.filter((time) => near(time, found)).length / truths.length;
    const precision = found.filter((time) => near(time, truths)).length / found.length;
    expect((2 * precision * recall) / (precision + recall)).toBeGreaterThan(0.85);
  });

  it('lasts at most two minutes', () => {
    expect(clipSeconds(song.clip)).toBeLessThanOrEqual(120);
  });
});

describe('songs that are not of the demo', () => {
  it('meet the standards, in four styles', () => {
    const verdicts = [63, 65, 68, 69].map((number) => {
      const { clip, truth } = composeSong(songOfRow(number, 15), { sampleRate: 22_050 });
      return judgeSong(truth, analyseClip(kernels, clip));
    });
    const figures = figuresOf(verdicts);
    expect(meetsStandards(figures), JSON.stringify(figures)).toBe(true);
  });
});

describe('plain cadences', () => {
  it.each(ALL_KEYS.map((key) => [camelotOf(key), key] as const))('%s is heard as it is', (_code, key) => {
    const { tonic, mode } = analyseClip(kernels, composeCadence(key)).key;
    expect({ tonic, mode }).toEqual(key);
  });
});
