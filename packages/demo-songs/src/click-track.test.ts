import { describe, expect, it } from 'vitest';
import { composeClickTrack } from './click-track.ts';

describe('composeClickTrack', () => {
  it('starts each click at the nearest sample of its beat, louder on the first of the bar', () => {
    const { clip, beats, downbeats } = composeClickTrack({ bpm: 93, seconds: 8, meter: 3, sampleRate: 48_000 });
    const samples = clip.channels[0]!;
    expect(samples.length).toBe(8 * 48_000);
    const starts = Array.from(samples.keys()).filter(
      (i) => samples[i] !== 0 && samples.subarray(Math.max(0, i - 100), i).every((sample) => sample === 0),
    );
    expect(starts).toEqual(beats.map((beat) => Math.round(beat * 48_000)));
    expect(downbeats).toEqual(beats.filter((_, i) => i % 3 === 0));
    for (const [i, start] of starts.entries()) expect(samples[start]).toBeCloseTo(i % 3 === 0 ? 0.9 : 0.6, 6);
  });

  it('refuses what is out of range', () => {
    expect(() => composeClickTrack({ bpm: 300, seconds: 1, meter: 4 })).toThrow('bpm is 300');
    expect(() => composeClickTrack({ bpm: 100, seconds: 0, meter: 4 })).toThrow('seconds is 0');
    expect(() => composeClickTrack({ bpm: 100, seconds: 1, meter: 0 })).toThrow('meter is 0');
  });
});
