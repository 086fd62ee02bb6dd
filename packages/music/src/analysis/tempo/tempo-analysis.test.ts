import { Kernels } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { beatsOf, playChord, playDrums, TEST_RATE, triad, whiteNoise } from '../../testing/listening-signals.ts';
import type { TempoAnalysis } from '../track-analysis.ts';
import { analyseClip } from '../track-listener.ts';

const kernels = new Kernels();

function tempoOf(samples: Float32Array): TempoAnalysis {
  return analyseClip(kernels, { sampleRate: TEST_RATE, channels: [samples] }).tempo;
}

/** Drums and, from bar to bar, another chord over its bass. */
function band(beats: readonly number[], meter: 3 | 4, seconds: number): Float32Array {
  const samples = new Float32Array(seconds * TEST_RATE);
  playDrums(samples, beats, meter);
  for (let i = 0, bar = 0; i + meter < beats.length; i += meter, bar++) {
    const [degree, third] = (
      [
        [0, 4],
        [5, 4],
        [7, 4],
        [9, 3],
      ] as const
    )[bar % 4]!;
    playChord(samples, triad(0, degree, third), beats[i]!, beats[i + meter]! - beats[i]!, { gain: 0.06 });
  }
  return samples;
}

/** Distance from each expected time to the nearest found one. */
function errors(expected: readonly number[], found: readonly number[]): number[] {
  return expected.map((time) => Math.min(...found.map((other) => Math.abs(other - time))));
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe('analyseTempo', () => {
  it.each([83.7, 97.31, 128, 140.003])('finds a steady tempo of %f to 0.02 percent and beats to 10 ms', (bpm) => {
    const seconds = 30;
    const beats = beatsOf(0.731, seconds - 0.2, () => bpm);
    const tempo = tempoOf(band(beats, 4, seconds));
    expect(tempo.kind).toBe('constant');
    expect(Math.abs(tempo.bpm! / bpm - 1)).toBeLessThan(2e-4);
    expect(Math.max(...errors(beats.slice(0, -1), tempo.beats))).toBeLessThan(0.01);
    expect(tempo.meter).toBe(4);
    expect(
      Math.max(...errors(tempo.downbeats, beats.filter((_, i) => i % 4 === 0).concat(beats.at(-1)! + 240 / bpm))),
    ).toBeLessThan(0.01);
  });

  it('finds beats without a lag or a lead', () => {
    const beats = beatsOf(0.5, 40, () => 111.7);
    const { beats: found } = tempoOf(band(beats, 4, 41));
    const offsets = beats
      .slice(4, -4)
      .map((time) => found.reduce((a, b) => (Math.abs(b - time) < Math.abs(a - time) ? b : a)) - time);
    expect(Math.abs(mean(offsets))).toBeLessThan(0.004);
  });

  it('hears three beats in a bar', () => {
    const beats = beatsOf(0.4, 39, () => 150);
    const tempo = tempoOf(band(beats, 3, 40));
    expect(tempo.meter).toBe(3);
    expect(tempo.bpm).toBeCloseTo(150, 1);
    expect(
      Math.max(
        ...errors(
          tempo.downbeats.slice(0, -1),
          beats.filter((_, i) => i % 3 === 0),
        ),
      ),
    ).toBeLessThan(0.02);
  });

  it('follows a tempo that rises from 100 to 130', () => {
    const beats = beatsOf(0.5, 59, (time) => 100 + time / 2);
    const tempo = tempoOf(band(beats, 4, 60));
    expect(tempo.kind).toBe('drifting');
    expect(mean(errors(beats.slice(4, -4), tempo.beats))).toBeLessThan(0.015);
    expect(Math.max(...errors(beats.slice(4, -4), tempo.beats))).toBeLessThan(0.05);
  });

  it('carries a steady grid over a gap', () => {
    const beats = beatsOf(0.3, 49, () => 124);
    const played = beats.filter((time) => time < 18 || time > 30);
    const samples = new Float32Array(50 * TEST_RATE);
    // Bars stay whole: the beats left out are those of whole bars.
    playDrums(samples, played.slice(0, 36), 4);
    playDrums(samples, beats.slice(60), 4);
    const tempo = tempoOf(samples);
    expect(tempo.kind).toBe('constant');
    expect(Math.max(...errors(beats.slice(0, -1), tempo.beats))).toBeLessThan(0.01);
  });

  it('says how sure it is of the tempo, and which others it could be', () => {
    const beats = beatsOf(0.4, 39, () => 120);
    const { confidence, candidates } = tempoOf(band(beats, 4, 40));
    expect(confidence).toBeGreaterThan(0.4);
    expect(candidates[0]!.weight).toBe(confidence);
    expect(candidates.reduce((sum, { weight }) => sum + weight, 0)).toBeLessThanOrEqual(1 + 1e-9);
  });

  it.each([
    ['white noise', whiteNoise(30 * TEST_RATE, 11)],
    ['short noise', whiteNoise(6 * TEST_RATE, 12)],
    ['a steady chord', chord(20)],
  ])('hears no tempo in %s', (_, samples) => {
    expect(tempoOf(samples)).toEqual({
      bpm: null,
      confidence: 0,
      kind: 'none',
      candidates: [],
      beats: [],
      downbeats: [],
      meter: null,
    });
  });
});

function chord(seconds: number): Float32Array {
  const samples = new Float32Array(seconds * TEST_RATE);
  playChord(samples, [45, 57, 60, 64], 0, seconds);
  return samples;
}
