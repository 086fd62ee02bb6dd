import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import {
  expectBlockSizeNotToMatter,
  expectChannelsApart,
  itIsAnEffect,
  roughness,
  toneRoughness,
} from '../testing/effects.ts';
import { residualDb } from '../testing/residual.ts';
import { noise, sine, songLike } from '../testing/signals.ts';
import { streamWithChanges } from '../testing/streaming.ts';
import { Platter, type PlatterOptions } from './platter.ts';
import { platterTwin } from './platter.twin.ts';

const kernels = new Kernels();
const usual: PlatterOptions = { sampleRate: 48_000, channels: 1, historySeconds: 2 };
/** Of the usual fade. */
const FADE = 240;

/** What comes of a sound while the record is touched at some frames, multiples of 100. */
function apply(samples: Float32Array, changes: Readonly<Record<number, (platter: Platter) => void>>): Float32Array {
  return streamWithChanges(kernels, [samples], [100], () => new Platter(kernels, usual), changes)[0]!;
}

const rules = {
  make: (instance: Kernels) => new Platter(instance, { ...usual, channels: 2, historySeconds: 0.5 }),
  channels: 2,
  changes: [
    (platter: Platter) => platter.spin({ seconds: 0.07, speed: 2 }),
    (platter: Platter) => {
      platter.stop({ seconds: 0.06 });
      platter.release();
    },
  ],
} as const;

describe('Platter', () => {
  it('stops evenly: after t of T seconds it has turned by t - t^2 / 2T, to the hundredth of a frame', () => {
    const ramp = Float32Array.from({ length: 80_000 }, (_, i) => i / 2 ** 17);
    const output = apply(ramp, { 10000: (platter) => platter.stop({ seconds: 1 }) });
    // To the last tenth, where the sound fades.
    for (let age = FADE; age <= 43_200; age += 997) {
      const expected = 10_000 - 16 + age - age ** 2 / (2 * 48_000);
      expect(Math.abs(output[10_000 + age]! * 2 ** 17 - expected)).toBeLessThan(0.02);
    }
    for (const age of [44_000, 46_000, 47_900]) {
      const gain = (48_000 - age) / 4800;
      const expected = gain * (10_000 - 16 + age - age ** 2 / (2 * 48_000));
      expect(Math.abs(output[10_000 + age]! * 2 ** 17 - expected)).toBeLessThan(0.02);
    }
    expect(output.subarray(58_000)).toEqual(new Float32Array(22_000));
  });

  it('lets the pitch of a tone fall in a straight line', () => {
    const output = apply(sine(60_000, 48_000, 1000, 0.5), { 0: (platter) => platter.stop({ seconds: 1 }) });
    // Zeros of the tone upwards: from one to the next is a period.
    for (const age of [12_000, 24_000, 36_000]) {
      const zeros: number[] = [];
      for (let i = age - 2000; i < age + 2000; i++) {
        if (output[i]! < 0 && output[i + 1]! >= 0) zeros.push(i + output[i]! / (output[i]! - output[i + 1]!));
      }
      const middle = (zeros[0]! + zeros.at(-1)!) / 2;
      const frequencyHz = (48_000 * (zeros.length - 1)) / (zeros.at(-1)! - zeros[0]!);
      expect(frequencyHz / (1000 * (1 - middle / 48_000))).toBeCloseTo(1, 3);
    }
  });

  it('spins back: turned round in an eighth, then slower to the end, and backwards all the way', () => {
    const ramp = Float32Array.from({ length: 120_000 }, (_, i) => i / 2 ** 17);
    const output = apply(ramp, { 60000: (platter) => platter.spin({ seconds: 0.5, speed: 3 }) });
    // 24,000 frames, the turn is 3000: in it 3000 (1 - 3) / 2 frames, then 21,000 (-3 + 0) / 2.
    const at = (age: number) => output[60_000 + age]! * 2 ** 17;
    expect(at(3000)).toBeCloseTo(60_000 - 16 - 3000, 1);
    const half = 3000 + 10_500;
    expect(at(half)).toBeCloseTo(60_000 - 16 - 3000 - (10_500 * (3 + 1.5)) / 2, 1);
    for (let age = 1200; age < 21_600; age += 100) expect(at(age)).toBeLessThan(at(age - 100));
    expect(output.subarray(84_000)).toEqual(new Float32Array(36_000));
  });

  it('agrees with its float64 twin', () => {
    // History is a ring of 131,072 frames, whose end the last of these goes over.
    for (const [seconds, speed, start] of [
      [0.2, 1, 20_000],
      [0.1, -2, 20_000],
      [0.1, 1, 130_000],
    ] as const) {
      const song = noise(start + 12_000, 5, 0.5);
      const end = Math.round(seconds * 48_000);
      const turn = speed < 0 ? Math.round(end / 8) : 0;
      const result = apply(song, {
        [start]: (platter: Platter) =>
          speed < 0 ? platter.spin({ seconds, speed: -speed }) : platter.stop({ seconds }),
      });
      const truth = platterTwin(song, { start, turn, end, speed, fadeFrames: FADE });
      expect(residualDb(result.subarray(start), truth.subarray(start))).toBeLessThan(-85);
    }
  });

  it('keeps images low: of a stopped tone nothing but the tone that falls', () => {
    // What the place on the record says the tone is, at 0.35 of the sample rate.
    const step = 2 * Math.PI * 0.35;
    const tone = Float32Array.from({ length: 60_000 }, (_, i) => 0.5 * Math.sin(step * i));
    const output = apply(tone, { 5000: (platter) => platter.stop({ seconds: 1 }) });
    const ages = Array.from({ length: 40_000 }, (_, i) => FADE + i);
    const truth = ages.map((age) => 0.5 * Math.sin(step * (5000 - 16 + age - age ** 2 / 96_000)));
    expect(
      residualDb(
        ages.map((age) => output[5000 + age]!),
        truth,
      ),
    ).toBeLessThan(-80);
  });

  it('is the input, bit by bit, until it is touched and after it is let go', () => {
    const song = songLike(60_000, 48_000);
    const output = apply(song, {
      10000: (platter) => platter.stop({ seconds: 0.2 }),
      30000: (platter) => platter.release(),
    });
    expect(output.subarray(0, 10_000)).toEqual(song.subarray(0, 10_000));
    expect(output.subarray(20_000, 30_000)).toEqual(new Float32Array(10_000));
    expect(output.subarray(30_000 + FADE)).toEqual(song.subarray(30_000 + FADE));
  });

  it('does not click, however it is touched', () => {
    const tone = sine(100_000, 48_000, 103, 0.25);
    const output = apply(tone, {
      10000: (platter) => platter.stop({ seconds: 0.5 }),
      20000: (platter) => platter.spin({ seconds: 0.3, speed: 1 }),
      20100: (platter) => platter.release(),
      40000: (platter) => platter.spin({ seconds: 0.2, speed: 4 }),
      60000: (platter) => platter.stop({ seconds: 0.1 }),
      80000: (platter) => platter.release(),
    });
    // The tone's own at four times the speed, and the bend where two sounds, twice its height apart at most, begin to be faded.
    expect(roughness(output)).toBeLessThan(toneRoughness(48_000, 412, 0.25) + (2 * 0.5) / FADE);
  });

  it('gives the same bits for any split into blocks when it is stopped and stopped again', () => {
    expectBlockSizeNotToMatter({
      ...rules,
      changes: [rules.changes[0], (platter) => platter.stop({ seconds: 0.05 })],
    });
  });

  it('keeps channels apart', () => {
    expectChannelsApart((instance) => {
      const platter = rules.make(instance);
      platter.stop({ seconds: 0.05 });
      return platter;
    });
    const [a, b] = [songLike(20_000, 48_000), noise(20_000)];
    const spin = { 10000: (platter: Platter) => platter.spin({ seconds: 0.1, speed: 2 }) };
    const make = (channels: number) => () => new Platter(kernels, { ...usual, channels });
    const both = streamWithChanges(kernels, [a, b], [1000], make(2), spin);
    expect(both[0]).toEqual(streamWithChanges(kernels, [a], [1000], make(1), spin)[0]);
    expect(both[1]).toEqual(streamWithChanges(kernels, [b], [1000], make(1), spin)[0]);
  });

  itIsAnEffect(rules);

  it('refuses what is out of range, naming it and the range', () => {
    const platter = new Platter(kernels, usual);
    expect(() => platter.stop({ seconds: 5 })).toThrow('seconds is 5; it must be between 0.05 and 4');
    expect(() => platter.spin({ seconds: 1.5, speed: 2 })).toThrow('seconds is 1.5; it must be between 0.05 and 1');
    expect(() => platter.spin({ seconds: 1, speed: 5 })).toThrow('speed is 5; it must be between 0.5 and 4');
    expect(() => platter.stop({ seconds: Number.NaN })).toThrow(/seconds is NaN/);
    const make = (options: Partial<PlatterOptions>) => () => new Platter(kernels, { ...usual, ...options });
    expect(make({ historySeconds: 30 })).toThrow(/historySeconds is 30/);
    expect(make({ fadeSeconds: 1 })).toThrow(/fadeSeconds is 1/);
    expect(make({ channels: 0 })).toThrow(/channels is 0/);
  });
});
