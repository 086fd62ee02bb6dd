import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { expectChannelsApart, itIsAnEffect } from '../testing/effects.ts';
import { gainDb, residualDb } from '../testing/residual.ts';
import { noise, sine, songLike } from '../testing/signals.ts';
import { stream, streamWithChanges } from '../testing/streaming.ts';
import { BitCrusher, type BitCrusherOptions, type BitCrusherSettings } from './bit-crusher.ts';
import { bitCrusherTwin } from './bit-crusher.twin.ts';

const kernels = new Kernels();
const usual: BitCrusherOptions = { sampleRate: 48_000, channels: 1, bits: 24, rateHz: 48_000, mix: 1 };

function apply(samples: Float32Array, options: Partial<BitCrusherOptions>): Float32Array {
  const mark = kernels.mark();
  const crusher = new BitCrusher(kernels, { ...usual, ...options });
  const [output] = stream(kernels, [samples], [4096], (block) => crusher.process(block));
  kernels.release(mark);
  return output!;
}

const rules = {
  make: (instance: Kernels) => new BitCrusher(instance, { ...usual, channels: 2, bits: 5, rateHz: 7000, mix: 0.8 }),
  channels: 2,
  changes: [
    (crusher: BitCrusher) => crusher.set({ bits: 2.5, rateHz: 3333 }),
    (crusher: BitCrusher) => crusher.set({ bits: 12, mix: 0.3, rateHz: 48_000 }),
  ],
} as const;

describe('BitCrusher', () => {
  it.each([1, 4, 8, 16])(
    'rounds to the nearest multiple of its level at %i bits, with the error of even chance',
    (bits) => {
      const level = 2 ** (1 - bits);
      const samples = noise(100_000, bits, 1);
      const output = apply(samples, { bits });
      let energy = 0;
      let largest = 0;
      for (let i = 0; i < samples.length; i++) {
        const error = output[i]! - samples[i]!;
        largest = Math.max(largest, Math.abs(error));
        energy += error ** 2;
      }
      expect(output.every((value) => Number.isInteger(value / level))).toBe(true);
      expect(largest).toBeLessThanOrEqual(level / 2);
      // A level squared over twelve, where there are levels enough for the error to be any.
      if (bits > 1) expect(energy / samples.length / (level ** 2 / 12)).toBeCloseTo(1, 1);
    },
  );

  it('holds for as many frames as the rate says, one more or less in turn where it is no divisor', () => {
    const ramp = Float32Array.from({ length: 10_000 }, (_, i) => i / 16_384);
    for (const [rateHz, holds] of [
      [12_000, [4]],
      [48_000, [1]],
      [11_000, [4, 5]],
    ] as const) {
      const output = apply(ramp, { rateHz, bits: 20 });
      const changes = Array.from(output.keys()).filter((i) => i === 0 || output[i] !== output[i - 1]);
      // What is held is the sample of the frame in which it was taken.
      for (const at of changes) expect(output[at]).toBe(ramp[at]);
      const lengths = new Set(changes.slice(1).map((at, i) => at - changes[i]!));
      expect([...lengths].sort()).toEqual(holds);
      expect(changes.length / 10_000).toBeCloseTo(rateHz / 48_000, 3);
    }
  });

  it('has its aliases and images where it says, with the gain of the hold', () => {
    const frames = 48_000;
    for (const [frequencyHz, rateHz] of [
      [1000, 8000],
      [3000, 4800],
      [700, 6000],
    ] as const) {
      const output = apply(sine(frames, 48_000, frequencyHz, 1), { rateHz });
      const length = 48_000 / rateHz;
      for (let k = 0; k * rateHz < 24_000; k++) {
        for (const image of [k * rateHz + frequencyHz, k * rateHz - frequencyHz]) {
          const at = Math.abs(image);
          if (at >= 24_000) continue;
          // The hold in whole frames: the sine over the sine, which for long holds is the sine over its angle.
          const angle = (Math.PI * at) / 48_000;
          const gain = Math.abs(Math.sin(length * angle) / (length * Math.sin(angle)));
          expect(gainDb(output, 48_000, at) - 20 * Math.log10(frames / 2)).toBeCloseTo(20 * Math.log10(gain), 1);
        }
      }
      // And nowhere else.
      expect(gainDb(output, 48_000, 1234) - 20 * Math.log10(frames / 2)).toBeLessThan(-90);
    }
  });

  it('agrees with its float64 twin', () => {
    for (const options of [
      { bits: 6, rateHz: 7000, mix: 1 },
      { bits: 3.3, rateHz: 20_000, mix: 0.4 },
      { bits: 12, rateHz: 100, mix: 0.9 },
    ]) {
      for (const sampleRate of [8000, 44_100, 192_000]) {
        const settings = { sampleRate, ...options, rateHz: Math.min(options.rateHz, sampleRate) };
        const samples = songLike(20_000, sampleRate);
        const truth = bitCrusherTwin(samples, settings);
        const result = apply(samples, settings);
        // A sample nearly in the middle between levels may go either way.
        const same = truth.filter((value, i) => Math.abs(value - result[i]!) < 1e-6).length;
        expect(same / truth.length).toBeGreaterThan(0.999);
        expect(residualDb(result, truth)).toBeLessThan(-40);
      }
    }
  });

  it('is the input, bit by bit, with mix 0', () => {
    const song = songLike(5000, 48_000);
    expect(apply(song, { bits: 2, rateHz: 500, mix: 0 })).toEqual(song);
  });

  it('adds no step by a change: each sample is near one that came in', () => {
    const tone = sine(60_000, 48_000, 100, 0.25);
    const changes: Partial<BitCrusherSettings>[] = [
      { mix: 0 },
      { bits: 3 },
      { rateHz: 2000 },
      { rateHz: 48_000, bits: 16 },
    ];
    for (const settings of changes) {
      const make = () => new BitCrusher(kernels, { ...usual, bits: 7, rateHz: 8000 });
      const change = { 30000: (crusher: BitCrusher) => crusher.set(settings) };
      const [output] = streamWithChanges(kernels, [tone], [1000], make, change);
      const bits = Math.min(7, settings.bits ?? 7);
      // At most 24 frames old, and half a level off.
      const off = 0.25 * ((2 * Math.PI * 100) / 48_000) * 24 + 2 ** -bits;
      expect(output!.every((value, i) => Math.abs(value - tone[i]!) <= off)).toBe(true);
    }
  });

  it('keeps channels apart', () => expectChannelsApart(rules.make));

  itIsAnEffect(rules);

  it('refuses what is out of range, naming it and the range', () => {
    const make = (options: Partial<BitCrusherOptions>) => () => new BitCrusher(kernels, { ...usual, ...options });
    expect(make({ bits: 0 })).toThrow('bits is 0; it must be between 1 and 24');
    expect(make({ rateHz: 50_000 })).toThrow('rateHz is 50000; it must be between 100 and 48000');
    expect(make({ channels: 3 })).toThrow(/channels is 3/);
    expect(() => new BitCrusher(kernels, usual).set({ mix: Number.NaN })).toThrow(/mix is NaN/);
  });
});
