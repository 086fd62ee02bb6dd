import { ALL_KEYS, keyOf } from '@tutti/music/theory';
import { describe, expect, it } from 'vitest';
import { composeCadence } from './cadence.ts';
import { amplitudeAt } from './testing/amplitude-at.ts';

describe('composeCadence', () => {
  it('lasts as long as it is told, below full scale, silent at its end', () => {
    for (const seconds of [2, 8]) {
      const { channels, sampleRate } = composeCadence(ALL_KEYS[3]!, { seconds, sampleRate: 16_000 });
      expect(channels.length).toBe(1);
      const samples = channels[0]!;
      expect(samples.length).toBe(seconds * sampleRate);
      expect(samples.every((sample) => Math.abs(sample) < 1)).toBe(true);
      expect(samples.slice(-20).every((sample) => Math.abs(sample) < 1e-3)).toBe(true);
    }
  });

  it('plays the third that makes the mode, in the tuning asked for', () => {
    const sampleRate = 22_050;
    const options = { tuningHz: 452, sampleRate, seconds: 4 };
    const firstChord = (mode: 'major' | 'minor') =>
      composeCadence(keyOf(9, mode), options).channels[0]!.subarray(0, Math.round(0.8 * sampleRate));
    const hz = (semitonesFromA4: number) => 452 * 2 ** (semitonesFromA4 / 12);
    const loud = (mode: 'major' | 'minor', semitones: number) =>
      amplitudeAt(firstChord(mode), hz(semitones), sampleRate);
    expect(loud('major', -8)).toBeGreaterThan(10 * loud('major', -9));
    expect(loud('minor', -9)).toBeGreaterThan(10 * loud('minor', -8));
    expect(amplitudeAt(firstChord('major'), 440 * 2 ** (-8 / 12), sampleRate)).toBeLessThan(0.2 * loud('major', -8));
  });

  it('refuses what is out of range', () => {
    expect(() => composeCadence(ALL_KEYS[0]!, { seconds: 0.5 })).toThrow('seconds is 0.5');
    expect(() => composeCadence(ALL_KEYS[0]!, { tuningHz: 300 })).toThrow('tuningHz is 300');
  });
});
