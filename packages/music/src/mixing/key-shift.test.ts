import { describe, expect, it } from 'vitest';
import { clickTrack } from '../testing/click-track.ts';
import { clickNear, rendered } from '../testing/mix-rendering.ts';
import { keyFactor, shiftOf } from './key-shift.ts';
import { planMix } from './plan-mix.ts';
import type { MixPlan } from './plan-schema.ts';

const RATE = 44_100;
const base = clickTrack({ bpm: 120, seconds: 10 });

function shifted(keyShift: number, speed = 1): MixPlan {
  const plan = planMix([base.track]);
  const timeMap = [
    { mix: 0, source: 0 },
    { mix: 1, source: speed },
  ];
  const seconds = 10 / speed;
  return { ...plan, seconds, tracks: [{ ...plan.tracks[0]!, gainDb: 0, keyShift, timeMap, end: seconds }] };
}

/** Amplitude of a frequency in a stretch of sound, under a Hann window. */
function amplitudeAt(samples: Float32Array, hertz: number, from: number, to: number): number {
  const frames = to - from;
  let [real, imaginary, weight] = [0, 0, 0];
  for (let i = 0; i < frames; i++) {
    const hann = 1 - Math.cos((2 * Math.PI * i) / frames);
    const angle = (2 * Math.PI * hertz * i) / RATE;
    real += hann * samples[from + i]! * Math.cos(angle);
    imaginary += hann * samples[from + i]! * Math.sin(angle);
    weight += hann;
  }
  return (2 * Math.hypot(real, imaginary)) / weight;
}

describe('keyShift', () => {
  it.each([
    [1, 1, 44_100],
    [-1, 1, 44_100],
    [0.5, 1.04, 48_000],
    [-0.37, 0.97, 96_000],
    [1, 0.96, 192_000],
  ])(
    'of %d semitones at speed %d moves a tone at %d Hz of sample rate, at its amplitude',
    async (semitones, speed, sampleRate) => {
      const tone = Float32Array.from(
        { length: 10 * sampleRate },
        (_, i) => 0.25 * Math.sin((2 * Math.PI * 1000 * i) / sampleRate),
      );
      const [left] = await rendered(shifted(semitones, speed), [{ sampleRate, channels: [tone, tone] }]);
      const wanted = 1000 * keyFactor(semitones);
      const level = (hertz: number) => amplitudeAt(left, hertz, 3 * RATE, 7 * RATE);
      expect(20 * Math.log10(level(wanted) / 0.25)).toBeCloseTo(0, 0);
      // A Hann window of 4 s hears nothing 2 Hz beside the tone; nothing is left at the old pitch.
      expect(level(wanted + 2)).toBeLessThan(0.01);
      expect(level(wanted - 2)).toBeLessThan(0.01);
      expect(level(1000)).toBeLessThan(0.005);
    },
  );

  it.each([1, -1, 0.25])('of %d semitones leaves the beats where the map puts them', async (semitones) => {
    const [left] = await rendered(shifted(semitones, 1.03), [base]);
    const misses = base.beats
      .filter((beat) => beat > 0.5 && beat < 9)
      .map((beat) => ((clickNear(left, (beat / 1.03) * RATE, RATE) ?? 0) - (beat / 1.03) * RATE) / RATE);
    expect(Math.max(...misses.map(Math.abs))).toBeLessThan(0.002);
  });

  it('is met to a tenth of a cent by whole rates, which stay within what is resampled', () => {
    for (const sampleRate of [8000, 22_050, 44_100, 48_000, 96_000, 192_000])
      for (let cents = -100; cents <= 100; cents++) {
        const { fromRate, toRate, factor } = shiftOf(cents / 100, sampleRate, 44_100);
        expect(Math.abs(1200 * Math.log2(factor) - cents)).toBeLessThan(0.12);
        expect(fromRate / toRate).toBeCloseTo((sampleRate * factor) / 44_100, 9);
        expect(fromRate).toBeLessThanOrEqual(192_000);
      }
  });

  it('refuses a source that ends early by its own time, not by the shifted one', async () => {
    const half = { sampleRate: RATE, channels: base.channels.map((samples) => samples.subarray(0, 5 * RATE)) };
    await expect(rendered(shifted(1), [half])).rejects.toThrow(/ends after 5.00 s, and the plan plays it to 10.00 s/);
  });
});
