import { Kernels } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { beatsOf, playChord, playDrums, TEST_RATE, triad, whiteNoise } from '../../testing/listening-signals.ts';
import type { TimbreAnalysis } from '../track-analysis.ts';
import { analyseClip } from '../track-listener.ts';

const kernels = new Kernels();

function timbreOf(...channels: readonly Float32Array[]): TimbreAnalysis {
  return analyseClip(kernels, { sampleRate: TEST_RATE, channels }).timbre;
}

/** Drums and chords at 120 a minute, from half a second on: onsets at every half beat. */
function song(seconds: number): Float32Array {
  const samples = new Float32Array(seconds * TEST_RATE);
  const beats = beatsOf(0.5, seconds - 0.4, () => 120);
  playDrums(samples, beats, 4);
  for (let bar = 0; bar * 4 + 4 < beats.length; bar++) {
    playChord(samples, triad(7, [0, 9, 5, 7][bar % 4]!, bar % 4 === 1 ? 3 : 4), beats[bar * 4]!, 2);
  }
  return samples.map((value) => 0.4 * value);
}

/** Every figure in a value, with the path to it. */
function figures(value: unknown, path = ''): [string, number][] {
  if (typeof value === 'number') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => figures(inner, `${path}.${key}`));
}

describe('analyseTimbre', () => {
  const music = song(20);
  const timbre = timbreOf(music);

  it('counts four onsets a second in drums that have as many', () => {
    expect(timbre.onsetsPerSecond).toBeGreaterThan(3.8);
    expect(timbre.onsetsPerSecond).toBeLessThan(4.3);
  });

  it('hears clicks as many as there are, whatever the silence between them', () => {
    const clicks = new Float32Array(12 * TEST_RATE);
    for (let i = 0; i < 23; i++) clicks[Math.round((0.5 + i / 2) * TEST_RATE)] = 0.8;
    expect(timbreOf(clicks).onsetsPerSecond).toBeCloseTo(2.09, 1);
  });

  it('finds a strict rhythm danceable, a rubato chorale less, and noise not at all', () => {
    const chorale = new Float32Array(30 * TEST_RATE);
    let time = 0.2;
    whiteNoise(45, 8).forEach((value, i) => {
      playChord(chorale, triad(0, (i * 5) % 12, 4), time, 0.5);
      time += 0.6 + 0.4 * value;
    });
    expect(timbre.danceability).toBeGreaterThan(0.5);
    expect(timbreOf(chorale).danceability).toBeLessThan(timbre.danceability! - 0.2);
    expect(timbreOf(whiteNoise(20 * TEST_RATE, 4)).danceability).toBe(0);
  });

  it('knows a sine from noise', () => {
    const sine = timbreOf(
      new Float32Array(5 * TEST_RATE).map((_, i) => 0.3 * Math.sin((2 * Math.PI * 1000 * i) / TEST_RATE)),
    );
    const noise = timbreOf(whiteNoise(5 * TEST_RATE, 6).map((value) => 0.3 * value));
    expect(sine.centroidHz!.mean / 1000).toBeCloseTo(1, 1);
    expect(sine.zeroCrossingsPerSecond!.mean / 2000).toBeCloseTo(1, 2);
    expect(sine.flatness!.mean).toBeLessThan(0.01);
    expect(noise.flatness!.mean).toBeGreaterThan(0.8);
    expect(noise.centroidHz!.mean / (TEST_RATE / 4)).toBeCloseTo(1, 1);
    expect(noise.contrastDb!.mean[3]).toBeLessThan(sine.contrastDb!.mean[3]! - 20);
    expect(sine.dissonance!.mean).toBeLessThan(0.01);
  });

  it('says nothing of silence', () => {
    const { curve, stereo, ...rest } = timbreOf(new Float32Array(5 * TEST_RATE));
    expect(Object.values(rest).every((value) => value === null)).toBe(true);
    expect(figures(stereo)).toEqual([]);
    expect(curve.centroidHz).toEqual(new Array(10).fill(null));
  });

  it('is the same at any level, but for the first cepstral coefficient', () => {
    const loud = figures(timbre);
    for (const gain of [0.3, 2]) {
      const changed = new Map(figures(timbreOf(music.map((value) => gain * value))));
      for (const [name, value] of loud) {
        if (name === '.mfcc.mean.0')
          expect(Math.abs(changed.get(name)! - value - 20 * Math.log10(gain) * Math.sqrt(40))).toBeLessThan(2);
        else expect(Math.abs(changed.get(name)! - value) / (Math.abs(value) + 0.1), name).toBeLessThan(0.06);
      }
    }
  });

  it('does not change when silence comes before and behind', () => {
    const padded = new Float32Array(music.length + 6 * TEST_RATE);
    padded.set(music, 3 * TEST_RATE);
    const changed = timbreOf(padded);
    const fixed = ({ curve, danceability, ...rest }: TimbreAnalysis) => figures(rest);
    const now = new Map(fixed(changed));
    for (const [name, value] of fixed(timbre)) {
      expect(Math.abs(now.get(name)! - value) / (Math.abs(value) + 0.5), name).toBeLessThan(0.12);
    }
    expect(changed.curve.centroidHz.slice(0, 5).every((value) => value === null)).toBe(true);
  });

  it('sees how wide it is', () => {
    const other = whiteNoise(music.length, 9).map((value) => 0.2 * value);
    const known = (width: number, correlation: number) => ({
      width: { all: expect.closeTo(width, 1) },
      correlation: { all: expect.closeTo(correlation, 1) },
    });
    const noise = whiteNoise(music.length, 7).map((value) => 0.2 * value);
    expect(timbre.stereo).toMatchObject(known(0, 1));
    expect(timbreOf(music, music).stereo).toMatchObject(known(0, 1));
    expect(timbreOf(noise, other).stereo).toMatchObject(known(0.5, 0));
    expect(
      timbreOf(
        music,
        music.map((value) => -value),
      ).stereo,
    ).toMatchObject(known(1, -1));
    const left = timbreOf(music, new Float32Array(music.length)).stereo;
    expect(left.width.all).toBeCloseTo(0.5, 2);
    expect(left.correlation).toEqual({ low: null, mid: null, high: null, all: null });
  });

  it('keeps narrow bass and wide treble apart', () => {
    const bass = new Float32Array(music.length).map((_, i) => 0.3 * Math.sin((2 * Math.PI * 80 * i) / TEST_RATE));
    const [left, right] = [1, 2].map((seed) => {
      const noise = whiteNoise(music.length, seed);
      return bass.map((value, i) => value + 0.1 * (noise[i]! - (noise[i - 1] ?? 0)));
    });
    const { width } = timbreOf(left!, right!).stereo;
    expect(width.low).toBeLessThan(0.01);
    expect(width.high).toBeCloseTo(0.5, 1);
  });
});
