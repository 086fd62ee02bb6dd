import { Kernels } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { beatsOf, playChord, playDrums, TEST_RATE } from '../../testing/listening-signals.ts';
import { analyseClip } from '../track-listener.ts';

const kernels = new Kernels();

function energyOf(samples: Float32Array) {
  return analyseClip(kernels, { sampleRate: TEST_RATE, channels: [samples] }).energy;
}

function drums(bpm: number, gain: number): Float32Array {
  const samples = new Float32Array(20 * TEST_RATE);
  playDrums(
    samples,
    beatsOf(0.2, 19.5, () => bpm),
    4,
  );
  return samples.map((value) => gain * value);
}

describe('analyseEnergy', () => {
  it('is the same however loud the track was mastered', () => {
    const loud = energyOf(drums(120, 0.5));
    const quiet = energyOf(drums(120, 0.1));
    expect(quiet.level).toBe(loud.level);
    quiet.curve.values.forEach((value, i) => {
      expect(Math.abs(value - loud.curve.values[i]!)).toBeLessThan(0.05);
    });
  });

  it('follows the loudness within a track', () => {
    const samples = drums(120, 0.5).map((value, i) => (i < 10 * TEST_RATE ? 0.1 : 1) * value);
    const { values } = energyOf(samples).curve;
    expect(Math.max(...values.slice(2, 17))).toBeLessThan(Math.min(...values.slice(22, 37)) - 0.1);
  });

  it('rises with what happens in a second', () => {
    const mean = ({ curve }: { curve: { values: readonly number[] } }) =>
      curve.values.reduce((a, b) => a + b, 0) / curve.values.length;
    expect(mean(energyOf(drums(170, 0.5)))).toBeGreaterThan(mean(energyOf(drums(85, 0.5))));
  });

  it('is low for a soft chord', () => {
    const samples = new Float32Array(20 * TEST_RATE);
    playChord(samples, [48, 52, 55], 0, 20, { gain: 0.01 });
    expect(energyOf(samples).level).toBeLessThanOrEqual(2);
  });

  it('follows the track, from 0 to 1', () => {
    const samples = drums(128, 0.8);
    samples.fill(0, 0, 10 * TEST_RATE);
    const { curve, level } = energyOf(samples);
    expect(curve.hopSeconds).toBe(0.5);
    expect(curve.values.length).toBe(40);
    expect(curve.values.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(Math.max(...curve.values.slice(0, 16))).toBe(0);
    expect(Math.min(...curve.values.slice(23, 37))).toBeGreaterThan(0.4);
    expect(Number.isInteger(level) && level! >= 1 && level! <= 10).toBe(true);
  });
});
