import { Kernels } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { beatsOf, playChord, playDrums, TEST_RATE, triad, whiteNoise } from '../../testing/listening-signals.ts';
import { ALL_KEYS, camelotOf, type Key, openKeyOf, tonicOf } from '../../theory/key.ts';
import type { KeyAnalysis } from '../track-analysis.ts';
import { analyseClip } from '../track-listener.ts';

const kernels = new Kernels();

function keyOfSound(samples: Float32Array): KeyAnalysis {
  return analyseClip(kernels, { sampleRate: TEST_RATE, channels: [samples] }).key;
}

/** I IV V I, in minor with the major chord on the fifth degree. */
function cadence({ mode, ...rest }: Key, cents: number): Float32Array {
  const samples = new Float32Array(6.4 * TEST_RATE);
  const third = mode === 'major' ? 4 : 3;
  const chords = [
    [0, third],
    [5, third],
    [7, 4],
    [0, third],
  ] as const;
  chords.forEach(([degree, own], i) => {
    playChord(samples, triad(tonicOf({ mode, ...rest }), degree, own), i * 1.6, 1.55, { cents });
  });
  return samples;
}

describe('analyseKey', () => {
  it.each(ALL_KEYS)('hears the cadence of $tonic $mode at any tuning', (key) => {
    for (const cents of [-40, 0, 40]) {
      const heard = keyOfSound(cadence(key, cents));
      expect(`${heard.tonic} ${heard.mode} at ${cents}`).toBe(`${key.tonic} ${key.mode} at ${cents}`);
      expect([heard.camelot, heard.openKey]).toEqual([camelotOf(key), openKeyOf(key)]);
      expect(Math.abs(1200 * Math.log2(heard.tuningHz! / 440) - cents)).toBeLessThan(4);
      expect(heard.candidates[0]!.weight).toBe(heard.confidence);
      expect(heard.candidates.reduce((sum, { weight }) => sum + weight, 0)).toBeLessThanOrEqual(1 + 1e-9);
    }
  });

  it('hears natural minor: i III VII i, the notes of the relative major', () => {
    const samples = new Float32Array(13 * TEST_RATE);
    const chords = [
      [0, 3],
      [3, 4],
      [10, 4],
      [0, 3],
    ] as const;
    for (let i = 0; i < 8; i++) {
      const [degree, third] = chords[i % 4]!;
      playChord(samples, triad(4, degree, third), i * 1.6, 1.55);
    }
    expect(keyOfSound(samples)).toMatchObject({ tonic: 'E', mode: 'minor' });
  });

  it('hears the key through drums', () => {
    const key: Key = { tonic: 'Eb', mode: 'minor' };
    const samples = cadence(key, 0);
    playDrums(
      samples,
      beatsOf(0.1, 6.2, () => 125),
      4,
    );
    expect(keyOfSound(samples)).toMatchObject(key);
  });

  it('says the same of a sound at any level', () => {
    const samples = cadence({ tonic: 'F', mode: 'minor' }, 20);
    const { confidence, ...heard } = keyOfSound(samples);
    for (const gain of [0.01, 0.1, 3]) {
      const other = keyOfSound(samples.map((value) => gain * value));
      expect(other).toMatchObject({ tonic: heard.tonic, mode: heard.mode, camelot: heard.camelot });
      expect(Math.abs(other.confidence - confidence)).toBeLessThan(0.01);
      expect(other.tuningHz).toBeCloseTo(heard.tuningHz!, 2);
    }
  });

  it('is the surer the longer it listens', () => {
    const key: Key = { tonic: 'C', mode: 'major' };
    const once = cadence(key, 0);
    const fourTimes = new Float32Array(4 * once.length);
    for (let i = 0; i < 4; i++) fourTimes.set(once, i * once.length);
    expect(keyOfSound(fourTimes).confidence).toBeGreaterThan(keyOfSound(once).confidence);
  });

  it('names the stretches of a track by their keys', () => {
    const heard = keyOfSound(cadence({ tonic: 'A', mode: 'major' }, 0));
    expect(heard.sections).toEqual([
      { start: 0, end: expect.closeTo(6.4, 1), tonic: 'A', mode: 'major', confidence: heard.confidence },
    ]);
    expect(keyOfSound(whiteNoise(12 * TEST_RATE, 3))).not.toHaveProperty('sections');
  });

  it('names no key for noise', () => {
    expect(keyOfSound(whiteNoise(12 * TEST_RATE, 21))).toMatchObject({ tonic: null, mode: null, confidence: 0 });
  });

  it('names no key for drums', () => {
    const samples = new Float32Array(12 * TEST_RATE);
    playDrums(
      samples,
      beatsOf(0.1, 11.8, () => 125),
      4,
    );
    expect(keyOfSound(samples).tonic).toBeNull();
  });

  it('names no key for a single note', () => {
    const samples = new Float32Array(8 * TEST_RATE);
    playChord(samples, [57], 0, 8);
    expect(keyOfSound(samples).tonic).toBeNull();
  });
});
