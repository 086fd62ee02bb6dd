import { featuresOfClip, Kernels } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { matchRecordings } from '../../similarity/same-recording.ts';
import { featuresOf } from '../../testing/features-of.ts';
import { beatsOf, playChord, playDrums, TEST_RATE, triad, whiteNoise } from '../../testing/listening-signals.ts';
import { fingerprintOf, fingerprintWords } from './fingerprint.ts';

const kernels = new Kernels();
const SECONDS = 40;

/** A song in C with drums and a chord on every beat, in another order for another seed. */
function song(seed: number, seconds = SECONDS): Float32Array {
  const samples = new Float32Array(seconds * TEST_RATE);
  const beats = beatsOf(0.5, seconds - 1, () => 120);
  playDrums(samples, beats, 4);
  const order = whiteNoise(beats.length, seed);
  beats.forEach((beat, i) => {
    const degree = [0, 2, 5, 7, 9][Math.floor(2.5 * (1 + order[i]!)) % 5]!;
    playChord(samples, triad(0, degree, degree === 2 || degree === 9 ? 3 : 4), beat, 0.5);
  });
  return samples;
}

const words = (samples: Float32Array) => fingerprintWords(fingerprintOf(featuresOf(kernels, samples))!);
const original = song(1);
const match = (samples: Float32Array, edits = false) =>
  matchRecordings(kernels, words(original), words(samples), edits);

describe('fingerprintOf', () => {
  it('has a word for every 0.08 s, whatever the sample rate', () => {
    expect(words(original)).toHaveLength(SECONDS / 0.08);
    const slow = { sampleRate: TEST_RATE / 2, channels: [original.filter((_, i) => i % 2 === 0)] };
    const low = fingerprintWords(fingerprintOf(featuresOfClip(kernels, slow))!);
    expect(Math.abs(low.length - SECONDS / 0.08)).toBeLessThanOrEqual(1);
    expect(matchRecordings(kernels, words(original), low, false)).toMatchObject({ relation: 'same', offsetSeconds: 0 });
  });

  it('is the same at any level and polarity', () => {
    expect(words(original.map((value) => -0.01 * value))).toEqual(words(original));
  });

  it('says nothing of silence, and nothing where a sound is silent', () => {
    expect(fingerprintOf(featuresOf(kernels, new Float32Array(5 * TEST_RATE)))).toBeNull();
    const late = new Float32Array(20 * TEST_RATE);
    late.set(song(1, 10), 10 * TEST_RATE);
    expect(
      words(late)
        .subarray(0, 115)
        .every((word) => word === 0),
    ).toBe(true);
  });

  it('refuses what is no fingerprint', () => {
    for (const text of ['', 'AA==', 'AAA', 'A*AA', 'AAAA====']) {
      expect(() => fingerprintWords({ words: text })).toThrow(/words of two bytes in base64/);
    }
  });
});

describe('matchRecordings', () => {
  const noisy = (level: number) => {
    const noise = whiteNoise(original.length, 7);
    return original.map((value, i) => value + level * noise[i]!);
  };
  const peak = original.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const clipped = original.map((value) => Math.max(-0.5 * peak, Math.min(0.5 * peak, value)));
  const behindSilence = new Float32Array(original.length + 2.97 * TEST_RATE);
  behindSilence.set(original, 2.97 * TEST_RATE);

  it.each([
    ['itself', original, 0],
    ['it with noise', noisy(0.01), 0],
    ['it, clipped', clipped, 0],
    ['it behind silence', behindSilence, -2.96],
    ['it without its start', original.subarray(1.7 * TEST_RATE), 1.68],
    ['it without its end', original.subarray(0, 37 * TEST_RATE), 0],
  ])('knows %s', (_, samples, offset) => {
    const found = match(samples);
    expect(found.relation).toBe('same');
    expect(found.offsetSeconds).toBeCloseTo(offset, 1);
    expect(found.errorRate).toBeLessThan(0.2);
  });

  it('knows no other song, and no noise', () => {
    for (const samples of [song(2), song(3), whiteNoise(original.length, 3)]) {
      expect(match(samples)).toMatchObject({ relation: 'different' });
      expect(match(samples, true)).toMatchObject({ relation: 'different' });
    }
  });

  it('takes an edit for one only when it is asked for', () => {
    const [cut, goOn] = [12 * TEST_RATE, 24 * TEST_RATE];
    const edit = original.slice(goOn - cut);
    edit.set(original.subarray(0, cut));
    expect(match(edit)).toMatchObject({ relation: 'different' });
    expect(match(edit, true)).toMatchObject({ relation: 'edit' });
  });

  it('is the same whichever comes first, but for the sign of the offset', () => {
    const [a, b] = [words(original), words(behindSilence)];
    const [there, back] = [matchRecordings(kernels, a, b, true), matchRecordings(kernels, b, a, true)];
    expect(back.relation).toBe(there.relation);
    expect(back.offsetSeconds).toBeCloseTo(-there.offsetSeconds, 9);
    expect(back.errorRate).toBe(there.errorRate);
  });
});
