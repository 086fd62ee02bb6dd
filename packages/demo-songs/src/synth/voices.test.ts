import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import * as patches from '../styles/patches.ts';
import { STYLES } from '../styles/style-table.ts';
import { amplitudeAt } from '../testing/amplitude-at.ts';
import { renderDrum } from './drum-voice.ts';
import { NoteBank } from './note-bank.ts';
import type { Patch } from './patch.ts';
import { wavetable } from './wavetable.ts';

const SAMPLE_RATE = 44_100;
const named = Object.entries(patches) as [string, Patch][];

/** Frequency near a guess at which the signal is strongest, refined by halving steps. */
function peakNear(samples: Float32Array, guessHz: number): number {
  let best = guessHz;
  for (let cents = 40; cents > 0.4; cents /= 2) {
    const around = [-1, 0, 1].map((side) => best * 2 ** ((side * cents) / 1200));
    const heights = around.map((hz) => amplitudeAt(samples, hz, SAMPLE_RATE));
    best = around[heights.indexOf(Math.max(...heights))]!;
  }
  return best;
}

describe('every patch', () => {
  it.each(named)('%s is finite, in tune at 440 and 452 Hz, and ends in silence', (_name, patch) => {
    for (const tuningHz of [440, 452]) {
      const { left, right } = new NoteBank(patch, tuningHz, SAMPLE_RATE).chord([57], 0.8, 1);
      expect(left.every(Number.isFinite) && right.every(Number.isFinite)).toBe(true);
      expect(left.reduce((peak, x) => Math.max(peak, Math.abs(x)), 0)).toBeGreaterThan(0.05);
      expect(Math.abs(left.at(-1)!)).toBeLessThan(2e-3);
      const middle = left.slice(0, Math.round(0.7 * SAMPLE_RATE)).map((x, i) => 0.5 * (x + right[i]!));
      const cents = 1200 * Math.log2(peakNear(middle, tuningHz / 2) / (tuningHz / 2));
      // Voices in unison and vibrato lie around the pitch.
      const spread = patch.kind === 'subtractive' ? 4 + patch.detuneCents + (patch.vibratoCents ?? 0) : 0;
      expect(Math.abs(cents)).toBeLessThan(2 + spread);
    }
  });

  it.each(named)('%s is heard within two milliseconds, but for those that swell', (_name, patch) => {
    const attack = patch.kind === 'subtractive' ? patch.amp.attack : patch.kind === 'fm' ? patch.attack : 0;
    if (attack > 0.012) return;
    const { left } = new NoteBank(patch, 440, SAMPLE_RATE).chord([57], 0.5, 1);
    const peak = left.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    expect(left.subarray(0, 220).some((x) => Math.abs(x) > 0.02 * peak)).toBe(true);
  });
});

/** Amplitude of a harmonic of one period. */
function harmonicOf(period: Float32Array, harmonic: number): number {
  let real = 0;
  let imaginary = 0;
  for (const [i, sample] of period.entries()) {
    const angle = (2 * Math.PI * harmonic * i) / period.length;
    real += sample * Math.cos(angle);
    imaginary += sample * Math.sin(angle);
  }
  return (2 * Math.hypot(real, imaginary)) / period.length;
}

describe('wavetables', () => {
  const periodAt = (frequencyHz: number) => wavetable('saw', frequencyHz, SAMPLE_RATE).subarray(0, -1);

  it('hold no harmonic above half the sample rate, and all but the last few below', () => {
    for (const frequencyHz of [43, 110, 1000, 5000, 12_000]) {
      const period = periodAt(frequencyHz);
      const limit = SAMPLE_RATE / 2 / frequencyHz;
      for (const harmonic of [1, 2, 3, 4, 5, 8, 13, 22, 23, 34, 89, 233, 400]) {
        const level = harmonicOf(period, harmonic);
        if (harmonic > limit) expect(level).toBeLessThan(1e-6);
        if (harmonic < 0.65 * limit) expect(level).toBeCloseTo(2 / (Math.PI * harmonic), 4);
      }
    }
  });
});

describe('every drum', () => {
  it.each(Object.entries(STYLES))(
    'of %s sounds from its first millisecond, is finite and fades',
    (_style, { drums }) => {
      for (const [drum, recipe] of Object.entries(drums.kit)) {
        const { left, right } = renderDrum(recipe, SAMPLE_RATE, new Random(1).fork(drum));
        expect(left.every(Number.isFinite) && right.every(Number.isFinite)).toBe(true);
        const loudness = (from: number, to: number) => left.subarray(from, to).reduce((sum, x) => sum + x * x, 0);
        expect(loudness(0, 88)).toBeGreaterThan(0);
        expect(Math.abs(left.at(-1)!)).toBeLessThan(1e-3);
        if (drum === 'kick') expect(loudness(0, 44)).toBeGreaterThan(0.5);
      }
    },
  );
});
