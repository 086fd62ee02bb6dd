import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { gainDb, residualDb } from '../testing/residual.ts';
import { noise, sine, songLike } from '../testing/signals.ts';
import { stream, streamWithChanges } from '../testing/streaming.ts';
import { StereoWidth, type StereoWidthOptions } from './stereo-width.ts';
import { stereoWidthTwin } from './stereo-width.twin.ts';

const kernels = new Kernels();
type Pair = readonly [Float32Array, Float32Array];

function apply(
  channels: Pair,
  options: Partial<StereoWidthOptions>,
  sizes: readonly number[] = [4096],
): Float32Array[] {
  const mark = kernels.mark();
  const width = new StereoWidth(kernels, { sampleRate: 48_000, width: 1, monoBelowHz: null, ...options });
  const output = stream(kernels, channels, sizes, (block) => width.process(block));
  kernels.release(mark);
  return output;
}

const song: Pair = [songLike(30_000, 48_000, 1), songLike(30_000, 48_000, 2)];

describe('StereoWidth', () => {
  it('multiplies the side and leaves the middle', () => {
    const [left, right] = apply(song, { width: 1.5 });
    for (let i = 0; i < 30_000; i += 7) {
      expect(left![i]! - right![i]!).toBeCloseTo(1.5 * (song[0][i]! - song[1][i]!), 5);
    }
    const [one, other] = apply(song, { width: 0 });
    for (let i = 0; i < 30_000; i += 7) expect(one![i]).toBeCloseTo(other![i]!, 6);
  });

  it('changes nothing in mono: left + right keeps every sample but for its rounding', () => {
    for (const options of [
      { width: 0 },
      { width: 2 },
      { width: 0.7, monoBelowHz: 200 },
      { width: 2, monoBelowHz: 1000 },
    ]) {
      const [left, right] = apply(song, options);
      for (let i = 0; i < 30_000; i++) {
        const rounding = (Math.abs(left![i]!) + Math.abs(right![i]!) + 1) * 2 ** -23;
        expect(Math.abs(left![i]! + right![i]! - (song[0][i]! + song[1][i]!))).toBeLessThan(rounding);
      }
    }
  });

  it('lets through, bit by bit and at once, what it does not change', () => {
    expect(apply(song, {})).toEqual([...song]);
    const mono: Pair = [song[0], song[0]];
    expect(apply(mono, { width: 2, monoBelowHz: 300 })).toEqual([...mono]);
    expect(new StereoWidth(kernels, { sampleRate: 8000, width: 1, monoBelowHz: null }).latencyFrames).toBe(0);
  });

  it.each([8000, 44_100, 192_000])(
    'takes the side away below the frequency as a Butterworth filter, at %i Hz',
    (rate) => {
      const impulse = new Float32Array(2 ** 16);
      impulse[0] = 1;
      const [left, right] = apply([impulse, impulse.map((value) => -value)], { sampleRate: rate, monoBelowHz: 120 });
      const side = left!.map((value, i) => (value - right![i]!) / 2);
      const warp = (frequencyHz: number) => Math.tan((Math.PI * frequencyHz) / rate);
      for (const frequencyHz of [30, 60, 120, 240, 1000, 3000]) {
        const ratio = (warp(120) / warp(frequencyHz)) ** 4;
        expect(gainDb(side, rate, frequencyHz)).toBeCloseTo(-10 * Math.log10(1 + ratio), 2);
      }
    },
  );

  it('agrees with its float64 twin', () => {
    for (const options of [{ width: 1.3 }, { width: 0.4, monoBelowHz: 90 }, { monoBelowHz: 500 }]) {
      const truth = stereoWidthTwin(song, { sampleRate: 48_000, width: 1, monoBelowHz: null, ...options });
      apply(song, options).forEach((samples, channel) => {
        expect(residualDb(samples, truth[channel]!)).toBeLessThan(-120);
      });
    }
  });

  it('glides to new settings without a step, the frequency coming, moving and going too', () => {
    const width = new StereoWidth(kernels, { sampleRate: 48_000, width: 1, monoBelowHz: null });
    const tone = sine(48_000, 48_000, 200, 0.5);
    const changes = [{ width: 2 }, { monoBelowHz: 300 }, { monoBelowHz: 80, width: 0.5 }, { monoBelowHz: null }];
    let frame = 0;
    const [left] = stream(kernels, [tone, tone.map((value) => -value)], [1000], (block) => {
      if (frame % 10_000 === 5000) width.set(changes[(frame - 5000) / 10_000] ?? {});
      width.process(block);
      frame += 1000;
    });
    // A tone's second difference is small; a click would be much larger.
    const own = 2 * 0.5 * 2 * (1 - Math.cos((2 * Math.PI * 200) / 48_000));
    for (let i = 100; i < 47_999; i++) {
      expect(Math.abs(left![i + 1]! - 2 * left![i]! + left![i - 1]!)).toBeLessThan(2 * own);
    }
    // 960 frames after a change it has arrived.
    const amplitude = (from: number) =>
      left!.subarray(from, from + 2400).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(amplitude(2000)).toBeCloseTo(0.5, 4);
    expect(amplitude(6000)).toBeCloseTo(1, 4);
    expect(amplitude(22_000)).toBeCloseTo(1 / Math.sqrt(1 + 1.5 ** 4), 2);
    expect(amplitude(42_000)).toBeCloseTo(0.25, 4);
  });

  it('gives the same bits for any split into blocks, settings on the way included', () => {
    const channels = song.map((samples) => samples.subarray(0, 9000));
    const make = () => new StereoWidth(kernels, { sampleRate: 48_000, width: 1.4, monoBelowHz: null });
    const changes = {
      3000: (width: StereoWidth) => width.set({ width: 0.3, monoBelowHz: 150 }),
      6000: (width: StereoWidth) => width.set({ monoBelowHz: null }),
    };
    const split = (sizes: readonly number[]) => streamWithChanges(kernels, channels, sizes, make, changes);
    const whole = split([3000]);
    expect(split([1, 2, 3, 5, 989, 1000, 127, 873])).toEqual(whole);
    expect(split([1])).toEqual(whole);
  });

  it('keeps silence silent, comes to rest, starts anew after reset, and is finite for any input', () => {
    const options = { sampleRate: 48_000, width: 2, monoBelowHz: 100 };
    const silence: Pair = [new Float32Array(3000), new Float32Array(3000)];
    expect(apply(silence, options)).toEqual([...silence]);
    const ended: Pair = [noise(48_000, 1).fill(0, 1000), noise(48_000, 2).fill(0, 1000)];
    expect(apply(ended, options)[0]!.subarray(40_000)).toEqual(new Float32Array(8000));
    const width = new StereoWidth(kernels, options);
    const process = () => stream(kernels, song, [5001], (block) => width.process(block));
    const first = process();
    width.reset();
    expect(process()).toEqual(first);
    const value = fc.oneof(
      fc.constantFrom(0, 1e-45, -1e-42, 1e6, -1e6),
      fc.float({ min: -1e6, max: 1e6, noNaN: true }),
    );
    const frames = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(frames, (pairs) => {
        const channels: Pair = [Float32Array.from(pairs, ([l]) => l), Float32Array.from(pairs, ([, r]) => r)];
        expect(apply(channels, options).every((samples) => samples.every(Number.isFinite))).toBe(true);
      }),
    );
  });

  it('refuses what is out of range, naming it', () => {
    expect(() => apply(song, { width: 3 })).toThrow(/width is 3/);
    expect(() => apply(song, { monoBelowHz: 5 })).toThrow(/monoBelowHz is 5/);
    expect(() => apply(song, { width: Number.NaN })).toThrow(/width is NaN/);
    const width = new StereoWidth(kernels, { sampleRate: 48_000, width: 1, monoBelowHz: null });
    expect(() => stream(kernels, [noise(10)], [10], (block) => width.process(block))).toThrow(/1 channels/);
  });
});
