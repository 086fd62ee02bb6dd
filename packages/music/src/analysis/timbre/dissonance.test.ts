import { Kernels } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { featuresOf } from '../../testing/features-of.ts';
import { playChord, TEST_RATE } from '../../testing/listening-signals.ts';
import { dissonanceCurve } from './dissonance.ts';

const kernels = new Kernels();

function dissonance(samples: Float32Array): number {
  const curve = dissonanceCurve(kernels, featuresOf(kernels, samples));
  return curve[curve.length >> 1]!;
}

function tones(...frequencies: readonly number[]): Float32Array {
  return Float32Array.from({ length: 4 * TEST_RATE }, (_, i) =>
    frequencies.reduce((sum, hz) => sum + 0.2 * Math.sin((2 * Math.PI * hz * i) / TEST_RATE), 0),
  );
}

function interval(semitones: number): number {
  const samples = new Float32Array(4 * TEST_RATE);
  playChord(samples, [60, 60 + semitones], 0, 4);
  return dissonance(samples);
}

describe('dissonanceCurve', () => {
  it('is 0 for one tone and in silence', () => {
    expect(dissonance(tones(440))).toBeLessThan(0.002);
    expect(dissonance(new Float32Array(4 * TEST_RATE))).toBe(0);
  });

  it('is half of the roughness of two tones, each is also paired with itself', () => {
    // Sethares' fit, as a share of the most: x = 0.24 * 60 / (0.0207 * 1000 + 18.96), exp(-3.5 x) - exp(-5.75 x).
    const roughness = 0.8665;
    const found = dissonance(tones(1000, 1060));
    expect(found / (0.5 * roughness)).toBeGreaterThan(0.85);
    expect(found / (0.5 * roughness)).toBeLessThan(1.1);
  });

  it('orders the intervals as ears do', () => {
    const [fifth, second, octave, tritone] = [7, 1, 12, 6].map(interval);
    expect(octave).toBeLessThan(fifth!);
    expect(fifth).toBeLessThan(tritone!);
    expect(tritone).toBeLessThan(second!);
  });

  it('does not depend on the level', () => {
    const chord = tones(440, 466, 700);
    expect(dissonance(chord.map((value) => 0.01 * value))).toBeCloseTo(dissonance(chord), 4);
  });
});
