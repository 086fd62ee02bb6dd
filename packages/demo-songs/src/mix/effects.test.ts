import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { createChorus } from './chorus-effect.ts';
import { createDucking } from './ducking.ts';
import { createEcho } from './echo.ts';
import { createFilterRide } from './filter-ride.ts';
import { createLevelMeter } from './level-meter.ts';
import { addReverb } from './reverb.ts';
import { createSaturation, softClip } from './saturation.ts';
import type { StemEffect } from './stem-effect.ts';
import { Track } from './track.ts';

const SAMPLE_RATE = 8000;
const FRAMES = 4096;

const EFFECTS: Record<string, () => StemEffect> = {
  saturation: () => createSaturation(6),
  chorus: () => createChorus(0.6, SAMPLE_RATE),
  echo: () => createEcho(0.5, 0.05, SAMPLE_RATE),
  ducking: () => createDucking([100, 2000, 2300], 0.7, 0.1, SAMPLE_RATE),
  ride: () =>
    createFilterRide(
      [
        { frame: 0, from: 0.2, to: 0.9 },
        { frame: 2048, from: 1, to: 1 },
        { frame: 3072, from: 0.4, to: 0.4 },
      ],
      SAMPLE_RATE,
    ),
};

function noise(): [Float32Array, Float32Array] {
  const channels: [Float32Array, Float32Array] = [new Float32Array(FRAMES), new Float32Array(FRAMES)];
  for (const [i, channel] of channels.entries()) new Random(i + 1).fillNoise(channel);
  return channels;
}

function run(effect: StemEffect, channels: readonly [Float32Array, Float32Array], edges: readonly number[]): void {
  effect.start(0);
  for (const [i, from] of edges.entries()) effect.process(...channels, from, edges[i + 1] ?? FRAMES);
}

describe.each(Object.entries(EFFECTS))('%s', (_name, create) => {
  it('does the same whatever the blocks are', () => {
    const whole = noise();
    run(create(), whole, [0]);
    const blocks = fc.uniqueArray(fc.integer({ min: 1, max: FRAMES / 128 - 1 }), { maxLength: 6 });
    fc.assert(
      fc.property(blocks, (starts) => {
        const parts = noise();
        run(create(), parts, [0, ...starts.map((start) => 128 * start).sort((a, b) => a - b)]);
        for (const [i, sample] of parts[0].entries()) expect(Math.abs(sample - whole[0][i]!)).toBeLessThan(1e-5);
      }),
      { numRuns: 8 },
    );
  });

  it('keeps silence silent and everything finite', () => {
    const silence: [Float32Array, Float32Array] = [new Float32Array(FRAMES), new Float32Array(FRAMES)];
    run(create(), silence, [0]);
    expect(silence.flatMap((channel) => Array.from(channel)).every((x) => x === 0)).toBe(true);
    const loud = noise();
    run(create(), loud, [0]);
    expect(loud[1].every(Number.isFinite)).toBe(true);
    expect(loud[1]).not.toEqual(noise()[1]);
  });
});

describe('what each effect does', () => {
  it('ducking takes its depth away after each kick, and gives it back', () => {
    const ones: [Float32Array, Float32Array] = [new Float32Array(FRAMES).fill(1), new Float32Array(FRAMES).fill(1)];
    run(EFFECTS['ducking']!(), ones, [0]);
    expect(ones[0][99]).toBe(1);
    expect(ones[0][100 + 32]).toBeCloseTo(0.3, 2);
    expect(ones[0][1500]).toBe(1);
    // The kick at 2300 comes before the gain is back: no step upwards.
    const steps = Array.from(ones[0].keys())
      .slice(1)
      .map((i) => Math.abs(ones[0][i]! - ones[0][i - 1]!));
    expect(Math.max(...steps)).toBeLessThan(0.03);
  });

  it('echoes alternate between the sides at the time asked for', () => {
    const channels: [Float32Array, Float32Array] = [new Float32Array(FRAMES), new Float32Array(FRAMES)];
    channels[0][0] = 1;
    channels[1][0] = 1;
    run(createEcho(0.5, 0.05, SAMPLE_RATE), channels, [0]);
    const loudest = (channel: Float32Array, from: number, to: number) => {
      const part = channel.subarray(from, to);
      return from + part.indexOf(part.reduce((most, x) => Math.max(most, x), 0));
    };
    expect(loudest(channels[0], 1, 700)).toBe(400);
    expect(loudest(channels[1], 1, 1100)).toBe(800);
  });

  it('soft clipping is odd, rises to 1 and leaves small samples alone', () => {
    expect(softClip(0.01)).toBeCloseTo(0.01, 5);
    expect(softClip(-2)).toBe(-1);
    expect(softClip(1.5)).toBeCloseTo(1, 12);
    for (let x = 0; x < 2; x += 0.01) expect(softClip(x + 0.01)).toBeGreaterThanOrEqual(softClip(x));
  });

  it('the filter ride opens: treble passes only where it is open', () => {
    const channels = noise();
    run(EFFECTS['ride']!(), channels, [0]);
    const roughness = (from: number, to: number) => {
      let sum = 0;
      for (let i = from + 1; i < to; i++) sum += (channels[0][i]! - channels[0][i - 1]!) ** 2;
      return sum / (to - from);
    };
    expect(roughness(100, 500)).toBeLessThan(0.05 * roughness(2100, 3000));
    expect(roughness(3200, 4000)).toBeLessThan(0.2 * roughness(2100, 3000));
  });

  it('the meter reads the level where it plays, not the pauses', () => {
    const meter = createLevelMeter(10 * SAMPLE_RATE, SAMPLE_RATE);
    const channel = new Float32Array(10 * SAMPLE_RATE);
    channel.fill(0.25, 0, 3 * SAMPLE_RATE);
    meter.process(channel, channel, 0, channel.length);
    expect(meter.level()).toBeCloseTo(0.25, 1);
    expect(createLevelMeter(100, SAMPLE_RATE).level()).toBe(0);
  });

  it('the room dies away by 60 dB in the time asked for', () => {
    const out = new Track(3 * SAMPLE_RATE, SAMPLE_RATE);
    const send = new Float32Array(out.left.length);
    new Random(3).fillNoise(send.subarray(0, 800));
    addReverb(out, send, 1, 1, SAMPLE_RATE);
    const power = (at: number) => {
      const from = Math.round(at * SAMPLE_RATE);
      return out.left.subarray(from, from + 1600).reduce((sum, x) => sum + x * x, 0);
    };
    const decay = 10 * Math.log10(power(0.5) / power(1.5));
    expect(decay).toBeGreaterThan(54);
    expect(decay).toBeLessThan(66);
    expect(out.left.subarray(0, 200).every((x) => x === 0)).toBe(true);
  });
});
