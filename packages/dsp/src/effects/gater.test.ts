import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { expectChannelsApart, itIsAnEffect } from '../testing/effects.ts';
import { residualDb } from '../testing/residual.ts';
import { noise, songLike } from '../testing/signals.ts';
import { stream, streamWithChanges } from '../testing/streaming.ts';
import { Gater, type GaterOptions } from './gater.ts';
import { gaterTwin } from './gater.twin.ts';

const kernels = new Kernels();
const usual: GaterOptions = {
  sampleRate: 48_000,
  channels: 1,
  periodSeconds: 0.1,
  duty: 0.5,
  edgeSeconds: 0.005,
  depth: 1,
};

function apply(samples: Float32Array, options: Partial<GaterOptions> = {}): Float32Array {
  const mark = kernels.mark();
  const gater = new Gater(kernels, { ...usual, ...options });
  const [output] = stream(kernels, [samples], [4096], (block) => gater.process(block));
  kernels.release(mark);
  return output!;
}

const ones = (frames: number) => new Float32Array(frames).fill(1);
const mean = (samples: Float32Array) => samples.reduce((sum, value) => sum + value, 0) / samples.length;

const rules = {
  make: (instance: Kernels) => new Gater(instance, { ...usual, channels: 2, periodSeconds: 0.0213 }),
  channels: 2,
  changes: [
    (gater: Gater) => gater.set({ periodSeconds: 0.05, duty: 0.3, edgeSeconds: 0.001 }),
    (gater: Gater) => {
      gater.set({ depth: 0.5, edgeSeconds: 0.01 });
      gater.align(0.25);
    },
  ],
} as const;

describe('Gater', () => {
  it('opens and closes to the frame, along its smooth step', () => {
    const gain = apply(ones(9600));
    const step = (frames: number) => 3 * (frames / 240) ** 2 - 2 * (frames / 240) ** 3;
    for (const period of [0, 4800]) {
      for (let i = 0; i < 240; i++) {
        expect(gain[period + i]).toBeCloseTo(step(i + 1), 6);
        expect(gain[period + 2400 + i]).toBeCloseTo(1 - step(i + 1), 6);
      }
      expect(gain.subarray(period + 240, period + 2400).every((value) => value === 1)).toBe(true);
      expect(gain.subarray(period + 2640, period + 4800).every((value) => value === 0)).toBe(true);
    }
  });

  it('has the duty as its mean, and the share that the depth leaves', () => {
    for (const duty of [0.1, 0.25, 0.5, 0.9]) {
      expect(mean(apply(ones(48_000), { duty }).subarray(4800))).toBeCloseTo(duty, 5);
      expect(mean(apply(ones(48_000), { duty, depth: 0.6 }).subarray(4800))).toBeCloseTo(0.4 + 0.6 * duty, 5);
    }
    expect(apply(ones(4800), { duty: 0 }).every((value) => value === 0)).toBe(true);
    expect(apply(ones(4800), { duty: 1 }).subarray(240)).toEqual(ones(4560));
  });

  it('stays with the beat: the thousandth opening is where the period says', () => {
    const periodSeconds = 60 / 127.3 / 4;
    const frames = Math.ceil(1001 * periodSeconds * 8000);
    const gain = apply(ones(frames), { sampleRate: 8000, periodSeconds, edgeSeconds: 0.001 });
    for (const period of [1, 10, 100, 1000]) {
      const opening = Math.ceil(period * periodSeconds * 8000);
      expect(gain[opening - 1]).toBe(0);
      expect(gain[opening]).toBeGreaterThan(0);
    }
  });

  it('agrees with its float64 twin', () => {
    const samples = songLike(40_000, 44_100);
    for (const options of [
      { periodSeconds: 0.117, duty: 0.3 },
      { periodSeconds: 0.05, duty: 0.9, edgeSeconds: 0.02, depth: 0.7 },
      { phase: 0.77, duty: 0.5, edgeSeconds: 0.001 },
    ]) {
      const settings = { ...usual, sampleRate: 44_100, ...options };
      expect(residualDb(apply(samples, settings), gaterTwin(samples, settings))).toBeLessThan(-110);
    }
  });

  it('is the input, bit by bit, at depth 0 and where it is open', () => {
    const song = songLike(20_000, 48_000);
    expect(apply(song, { depth: 0 })).toEqual(song);
    expect(apply(song).subarray(240, 2400)).toEqual(song.subarray(240, 2400));
  });

  it('changes anything without a step beyond that of its edge', () => {
    const change = {
      5000: (gater: Gater) => gater.set({ duty: 0.05 }),
      10100: (gater: Gater) => gater.align(0),
      10200: (gater: Gater) => gater.align(0.7),
      20000: (gater: Gater) => gater.set({ periodSeconds: 0.02, duty: 0.5 }),
      30000: (gater: Gater) => gater.set({ depth: 0 }),
      40000: (gater: Gater) => gater.set({ depth: 1, edgeSeconds: 0.01 }),
    };
    const make = () => new Gater(kernels, usual);
    const gain = streamWithChanges(kernels, [ones(60_000)], [100], make, change)[0]!;
    let largest = 0;
    for (let i = 1; i < gain.length; i++) largest = Math.max(largest, Math.abs(gain[i]! - gain[i - 1]!));
    // 1.5 over the 240 frames of an edge, and 1 over the 960 of the depth's ramp.
    expect(largest).toBeLessThan(1.5 / 240 + 1 / 960);
    expect(gain[39_999]).toBe(1);
  });

  it('keeps channels apart, with the same gain', () => {
    expectChannelsApart(rules.make);
    const gater = rules.make(kernels);
    const [left, right] = stream(kernels, [noise(3000), noise(3000)], [500], (block) => gater.process(block));
    expect(left).toEqual(right);
  });

  itIsAnEffect(rules);

  it('refuses what is out of range, naming it and the range', () => {
    const make = (options: Partial<GaterOptions>) => () => new Gater(kernels, { ...usual, ...options });
    expect(make({ periodSeconds: 0.01 })).toThrow('periodSeconds is 0.01; it must be between 0.02 and 60');
    expect(make({ duty: 1.5 })).toThrow('duty is 1.5; it must be between 0 and 1');
    expect(make({ edgeSeconds: 0 })).toThrow(/edgeSeconds is 0/);
    expect(make({ phase: 2 })).toThrow(/phase is 2/);
    expect(make({ channels: 0 })).toThrow(/channels is 0/);
    const gater = new Gater(kernels, usual);
    expect(() => gater.set({ depth: Number.NaN })).toThrow(/depth is NaN/);
    expect(() => gater.align(-0.1)).toThrow(/phase is -0.1/);
  });
});
