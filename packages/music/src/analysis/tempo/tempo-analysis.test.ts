import { Kernels } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import {
  beatsOf,
  playChord,
  playDrums,
  strike,
  TEST_RATE,
  triad,
  whiteNoise,
} from '../../testing/listening-signals.ts';
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

/** Share of the expected times that something was found within 40 ms of. */
function shareNear(expected: readonly number[], found: readonly number[]): number {
  return errors(expected, found).filter((error) => error < 0.04).length / expected.length;
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

  it.each(
    [
      [90, 120],
      [128, 174],
      [140, 100],
      [100, 140],
      [120, 126],
      [95, 128],
    ].flatMap(([before, after], pair) =>
      [20, 30, 40].map((step, i) => [before!, after!, step, (3 * pair + i) % 10] as const),
    ),
  )('follows a step from %i to %i after %i s, wherever the first beat falls', (before, after, step, place) => {
    // Each step is heard from two of twenty places 50 ms apart, the next step from two others.
    for (const first of [0.3, 0.8]) {
      const beats = beatsOf(first + place / 20, 59, (time) => (time < step ? before : after));
      const tempo = tempoOf(band(beats, 4, 60));
      expect(tempo.kind).toBe('drifting');
      expect(shareNear(beats, tempo.beats)).toBeGreaterThan(0.95);
      expect(tempo.beats.length).toBeLessThan(1.05 * beats.length);
      expect(tempo.confidence).toBeGreaterThan(0.2);
    }
  });

  it('is not led to a grid between two tempi, with which blocks of 3 s of both are in phase', () => {
    const beats = beatsOf(0.49, 59, (time) => (time < 41.4 ? 132.3 : 102.5));
    const tempo = tempoOf(band(beats, 4, 60));
    expect(tempo.kind).toBe('drifting');
    expect(shareNear(beats, tempo.beats)).toBeGreaterThan(0.95);
  });

  it.each([20, 30, 40])('hears one grid in a step to half the tempo after %i s', (step) => {
    const beats = beatsOf(0.3, 59, (time) => (time < step ? 174 : 87));
    const tempo = tempoOf(band(beats, 4, 60));
    expect(tempo.kind).toBe('constant');
    const octaves = Math.log2(tempo.bpm! / 87);
    expect(octaves).toBeCloseTo(Math.round(octaves), 3);
    const grid = beatsOf(0.3, 60, () => 174);
    expect(Math.max(...errors(tempo.beats.slice(1, -1), grid))).toBeLessThan(0.02);
  });

  it.each([
    [80, 140],
    [140, 90],
  ])('follows a long ramp from %i to %i', (first, last) => {
    const beats = beatsOf(0.3, 59, (time) => first + ((last - first) * time) / 60);
    const tempo = tempoOf(band(beats, 4, 60));
    expect(shareNear(beats, tempo.beats)).toBeGreaterThan(0.95);
    expect(tempo.beats.length).toBeLessThan(1.05 * beats.length);
  });

  it('hears a bass drum through hats that are louder off the beat', () => {
    const beats = beatsOf(0.3, 39, () => 124);
    const samples = new Float32Array(40 * TEST_RATE);
    for (const beat of beats) {
      strike(samples, 'kick', beat);
      strike(samples, 'hat', beat + 30 / 124, 3);
    }
    const tempo = tempoOf(samples);
    expect(tempo.bpm).toBeCloseTo(124, 1);
    expect(Math.max(...errors(beats, tempo.beats))).toBeLessThan(0.015);
  });

  it.each([
    [5, 96],
    [5, 140],
    [7, 140],
  ])('hears %i beats in a bar at %i a minute', (meter, bpm) => {
    const beats = beatsOf(0.4, 44, () => bpm);
    const samples = new Float32Array(45 * TEST_RATE);
    beats.forEach((beat, i) => {
      const place = i % meter;
      strike(samples, place === 0 ? 'kick' : place === 3 ? 'snare' : 'hat', beat);
      strike(samples, 'hat', beat + 30 / bpm, 0.6);
      const degree = [0, 5, 7, 9][Math.floor(i / meter) % 4]!;
      if (place === 0) playChord(samples, triad(0, degree, 4), beat, (60 / bpm) * meter, { gain: 0.05 });
    });
    const tempo = tempoOf(samples);
    const downbeats = beats.filter((_, i) => i % meter === 0);
    expect(tempo.meter).toBe(meter);
    expect(shareNear(downbeats, tempo.downbeats)).toBeGreaterThan(0.9);
    expect(tempo.downbeats.length).toBeLessThanOrEqual(downbeats.length + 1);
  });

  it.each([[[0, 3, 4, 7, 10, 14]], [[0, 3, 6, 8, 11, 14]], [[0, 3, 6, 9, 12, 14]]])(
    'hears the grid that notes of two, three and four sixteenths share, at %j of a bar',
    (places) => {
      const sixteenth = 60 / 140 / 4;
      const samples = new Float32Array(30 * TEST_RATE);
      for (let bar = 0; bar < 17; bar++) {
        for (const place of places) strike(samples, 'snare', 0.2 + (16 * bar + place) * sixteenth);
      }
      const tempo = tempoOf(samples);
      expect(tempo.kind).toBe('constant');
      const octaves = Math.log2(tempo.bpm! / 140);
      expect(octaves).toBeCloseTo(Math.round(octaves), 3);
    },
  );

  it('counts the dotted quarters of six-eight time, two in a bar', () => {
    const beats = beatsOf(0.4, 44, () => 60);
    const samples = new Float32Array(45 * TEST_RATE);
    beats.forEach((beat, i) => {
      strike(samples, i % 2 === 0 ? 'kick' : 'snare', beat);
      for (let eighth = 0; eighth < 3; eighth++) strike(samples, 'hat', beat + eighth / 3, eighth === 0 ? 1 : 0.6);
      const degree = [0, 5, 7, 9][(i >> 1) % 4]!;
      if (i % 2 === 0) playChord(samples, triad(0, degree, 4), beat, 2, { gain: 0.05 });
    });
    const tempo = tempoOf(samples);
    expect(tempo.bpm).toBeCloseTo(60, 1);
    expect(tempo.meter).toBe(2);
    expect(
      shareNear(
        beats.filter((_, i) => i % 2 === 0),
        tempo.downbeats,
      ),
    ).toBeGreaterThan(0.9);
  });

  it('hears the louder click of a metronome as the first of a bar', () => {
    const beats = beatsOf(0.4, 39, () => 112);
    const samples = new Float32Array(40 * TEST_RATE);
    beats.forEach((beat, i) => {
      strike(samples, 'hat', beat, i % 4 === 0 ? 1.5 : 1);
    });
    const tempo = tempoOf(samples);
    expect(tempo.meter).toBe(4);
    expect(
      shareNear(
        beats.filter((_, i) => i % 4 === 0),
        tempo.downbeats,
      ),
    ).toBeGreaterThan(0.9);
  });

  it('keeps its grid on the beat to the end of seven minutes', () => {
    const beats = beatsOf(0.3, 419, () => 127.37);
    const tempo = tempoOf(band(beats, 4, 420));
    expect(tempo.kind).toBe('constant');
    expect(Math.max(...errors(beats.slice(-8, -1), tempo.beats))).toBeLessThan(0.004);
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
    ['syllables that follow no beat', syllables(20)],
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

/** Bursts of noise, each some time after the last that no beat tells. */
function syllables(seconds: number): Float32Array {
  const samples = new Float32Array(seconds * TEST_RATE);
  const chances = whiteNoise(seconds * 8, 5);
  let time = 0.2;
  for (let i = 0; time < seconds - 0.3; i++) {
    strike(samples, 'hat', time, 1 + chances[i]! / 2);
    time += 0.22 + 0.12 * chances[i]!;
  }
  return samples;
}
