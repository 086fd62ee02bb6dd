import { Kernels } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { featuresOf } from '../../testing/features-of.ts';
import {
  beatsOf,
  playChord,
  playDrums,
  strike,
  TEST_RATE,
  triad,
  whiteNoise,
} from '../../testing/listening-signals.ts';
import { NO_KEY } from '../key/key-analysis.ts';
import { NO_TEMPO } from '../tempo/tempo-analysis.ts';
import { analyseTimbre } from '../timbre/timbre-analysis.ts';
import { analyseClip } from '../track-listener.ts';
import { EMBEDDING_MODEL } from './embedding.ts';
import { embeddingStatistics } from './embedding-statistics.ts';
import { harmonyStatistics } from './harmony-statistics.ts';
import { rhythmStatistics } from './rhythm-statistics.ts';
import { WHITENING } from './whitening.data.ts';

const kernels = new Kernels();

function embeddingOf(samples: Float32Array) {
  return analyseClip(kernels, { sampleRate: TEST_RATE, channels: [samples] }).embedding;
}

function distance(a: readonly (number | null)[], b: readonly (number | null)[]): number {
  return Math.hypot(...a.map((value, i) => value! - b[i]!));
}

/** In deviations of songs from each other. */
function rhythmDistance(a: readonly (number | null)[], b: readonly (number | null)[]): number {
  return Math.hypot(...a.map((value, i) => (value! - b[i]!) / WHITENING.rhythm.deviation[i]!));
}

/** Magnitudes of the scale transform of a rhythm of 24 s. */
function rhythmOf(play: (samples: Float32Array, beats: readonly number[]) => void, bpm: number): (number | null)[] {
  const samples = new Float32Array(24 * TEST_RATE);
  play(
    samples,
    beatsOf(0.3, 23.5, () => bpm),
  );
  const features = featuresOf(kernels, samples);
  return rhythmStatistics(kernels, features, NO_TEMPO, analyseTimbre(kernels, features, true)).slice(0, 36);
}
const rock = (samples: Float32Array, beats: readonly number[]) => playDrums(samples, beats, 4);
/** Long and short: strokes at 0 and two thirds of each beat. */
const shuffle = (samples: Float32Array, beats: readonly number[]) => {
  beats.forEach((beat, i) => {
    strike(samples, i % 2 === 0 ? 'kick' : 'snare', beat);
    strike(samples, 'hat', beat + (2 / 3) * ((beats[i + 1] ?? beat) - beat));
  });
};

describe('rhythmStatistics', () => {
  it('hardly changes with the tempo, by far less than with the pattern', () => {
    const at = [92, 104, 118].map((bpm) => rhythmOf(rock, bpm));
    const tempoDistances = [
      [0, 1],
      [1, 2],
      [0, 2],
    ].map(([a, b]) => rhythmDistance(at[a!]!, at[b!]!));
    expect(rhythmDistance(rhythmOf(shuffle, 104), at[1]!)).toBeGreaterThan(1.5 * Math.max(...tempoDistances));
  });

  it('knows nothing of a curve that does not move', () => {
    const statistics = rhythmStatistics(
      kernels,
      featuresOf(kernels, new Float32Array(20 * TEST_RATE)),
      NO_TEMPO,
      analyseTimbre(kernels, featuresOf(kernels, new Float32Array(TEST_RATE)), false),
    );
    expect(statistics.every((value) => value === null)).toBe(true);
  });
});

describe('harmonyStatistics', () => {
  const progression = (tonic: number, thirds: readonly (3 | 4)[]) => {
    const samples = new Float32Array(16 * TEST_RATE);
    [0, 9, 5, 7].forEach((degree, i) => {
      playChord(samples, triad(tonic, degree, thirds[i]!), 4 * i, 4);
    });
    return harmonyStatistics(kernels, featuresOf(kernels, samples), { ...NO_KEY, tuningHz: 440 }).slice(0, 13);
  };

  it('does not change by transposition, by far less than by other chords', () => {
    const [low, high] = [progression(0, [4, 3, 4, 4]), progression(5, [4, 3, 4, 4])];
    expect(distance(low, high)).toBeLessThan(0.5 * distance(low, progression(0, [3, 3, 4, 3])));
  });

  it('is not known where nothing is pitched', () => {
    const statistics = harmonyStatistics(kernels, featuresOf(kernels, whiteNoise(TEST_RATE * 4, 1)), NO_KEY);
    expect(statistics.length).toBe(14);
    expect(statistics.every((value) => value === null)).toBe(true);
  });
});

describe('embed', () => {
  const song = new Float32Array(20 * TEST_RATE);
  playDrums(
    song,
    beatsOf(0.4, 19.5, () => 117),
    4,
  );
  playChord(song, triad(7, 0, 4), 0, 20);
  const embedding = embeddingOf(song)!;

  it('gives a number for every statistic', () => {
    const analysis = analyseClip(kernels, { sampleRate: TEST_RATE, channels: [song] });
    const statistics = embeddingStatistics(kernels, featuresOf(kernels, song), analysis);
    for (const kind of ['rhythm', 'timbre', 'harmony'] as const) {
      expect(statistics[kind].length).toBe(WHITENING[kind].mean.length);
    }
    expect(embedding.model).toBe(EMBEDDING_MODEL);
    expect(embedding.values.length).toBe(Object.values(statistics).flat().length);
    expect(embedding.values.every((value) => Math.abs(value) <= 4)).toBe(true);
  });

  it('does not change with the level', () => {
    for (const gain of [0.5, 2]) {
      const { values } = embeddingOf(song.map((value) => gain * value))!;
      expect(distance(values, embedding.values)).toBeLessThan(0.3);
    }
  });

  it('is null for silence and for what is too short', () => {
    expect(embeddingOf(new Float32Array(10 * TEST_RATE))).toBeNull();
    expect(embeddingOf(song.subarray(0, TEST_RATE))).toBeNull();
  });

  it.each([
    ['noise', whiteNoise(15 * TEST_RATE, 5)],
    ['a constant', new Float32Array(10 * TEST_RATE).fill(0.5)],
    ['a click', new Float32Array(10 * TEST_RATE).fill(0.9, 50_000, 50_001)],
  ])('is made of finite numbers for %s', (_, samples) => {
    expect(embeddingOf(samples)!.values.every(Number.isFinite)).toBe(true);
  });
});
