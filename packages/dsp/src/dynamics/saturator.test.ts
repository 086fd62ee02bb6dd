import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { gainDb, residualDb } from '../testing/residual.ts';
import { noise, sine, songLike } from '../testing/signals.ts';
import { stream, streamWithChanges } from '../testing/streaming.ts';
import { Saturator, type SaturatorOptions } from './saturator.ts';
import { saturationCurveTwin, saturatorTwin } from './saturator.twin.ts';

const kernels = new Kernels();
const usual: SaturatorOptions = { sampleRate: 44_100, channels: 1, driveDb: 12, mix: 1, oversampling: 4 };
const TIMES = [2, 4, 8] as const;

/** Saturates a signal and the silence behind it, and takes the latency off again. */
function apply(
  channels: readonly Float32Array[],
  options: Partial<SaturatorOptions> = {},
  sizes: readonly number[] = [4096],
): Float32Array[] {
  const mark = kernels.mark();
  const saturator = new Saturator(kernels, { ...usual, channels: channels.length, ...options });
  const frames = channels[0]!.length;
  const fed = channels.map((samples) => {
    const line = new Float32Array(frames + saturator.latencyFrames);
    line.set(samples);
    return line;
  });
  const output = stream(kernels, fed, sizes, (block) => saturator.process(block));
  kernels.release(mark);
  return output.map((samples) => samples.subarray(saturator.latencyFrames));
}

/**
 * Level in dB, against the strongest tone, of all aliases below 0.43 of the rate that combinations of up to `order` of the given
 * whole frequencies have, where no combination is by right.
 */
function aliasesDb(samples: Float32Array, tones: readonly number[], order: number): number {
  const own = new Set<number>();
  const aliases = new Set<number>();
  for (let p = -order; p <= order; p++) {
    const rest = tones.length > 1 ? order - Math.abs(p) : 0;
    for (let q = -rest; q <= rest; q++) {
      const frequencyHz = Math.abs(p * tones[0]! + q * (tones[1] ?? 0));
      const heard = Math.abs(frequencyHz - 44_100 * Math.round(frequencyHz / 44_100));
      if ((p + q) % 2 === 0 || heard > 0.43 * 44_100) continue;
      (heard === frequencyHz ? own : aliases).add(heard);
    }
  }
  const window = samples.subarray(4410, 4410 + 44_100);
  const energies = (frequencies: Iterable<number>) =>
    Array.from(frequencies, (frequencyHz) => 10 ** (gainDb(window, 44_100, frequencyHz) / 10));
  const sum = energies([...aliases].filter((heard) => !own.has(heard))).reduce((total, energy) => total + energy, 0);
  return 10 * Math.log10(sum / Math.max(...energies(tones)));
}

describe('Saturator', () => {
  it.each(TIMES)('lets through, bit by bit and late as it says, with drive 0 or mix 0, at %i times', (oversampling) => {
    const song = songLike(20_000, 44_100);
    expect(apply([song], { oversampling, driveDb: 0 })[0]).toEqual(song);
    expect(apply([song], { oversampling, mix: 0 })[0]).toEqual(song);
    // The saturated path is as late: hardly bent, it is the input.
    const low = sine(20_000, 44_100, 3000, 0.001);
    expect(
      residualDb(apply([low], { oversampling, driveDb: 0.01 })[0]!.subarray(500, 19_500), low.subarray(500, 19_500)),
    ).toBeLessThan(-60);
  });

  it('has the curve it says, for what is slow', () => {
    for (const driveDb of [1, 6, 24]) {
      const curve = saturationCurveTwin(driveDb);
      const slow = sine(44_100, 44_100, 20, 0.9);
      const [output] = apply([slow], { driveDb });
      const drawn = slow.map(curve);
      for (let i = 1000; i < 43_000; i += 37) expect(Math.abs(output![i]! - drawn[i]!)).toBeLessThan(2e-4);
    }
  });

  it.each(TIMES)('agrees with its float64 twin at %i times', (oversampling) => {
    for (const samples of [songLike(6000, 44_100), noise(6000, 2, 0.3)]) {
      for (const mix of [1, 0.4]) {
        const truth = saturatorTwin(samples, { ...usual, oversampling, mix });
        expect(residualDb(apply([samples], { oversampling, mix })[0]!, truth)).toBeLessThan(-110);
      }
    }
  });

  it('has few aliases, fewer the higher it works', () => {
    const pair = sine(60_000, 44_100, 6006, 0.25).map(
      (value, i) => value + 0.25 * Math.sin((2 * Math.PI * 6905 * i) / 44_100),
    );
    // At most, in dB, of a sine of 997 Hz, one of 5003 Hz, and a pair; drive 24 dB makes nearly a square wave of them.
    const bounds = {
      12: { 2: [-120, -112, -82], 4: [-120, -130, -115], 8: [-120, -130, -115] },
      24: { 2: [-120, -32, -25], 4: [-120, -64, -92], 8: [-120, -102, -92] },
    } as const;
    for (const driveDb of [12, 24] as const) {
      for (const oversampling of TIMES) {
        const options = { oversampling, driveDb };
        const [low, high, two] = bounds[driveDb][oversampling];
        const tone = (hz: number) => apply([sine(60_000, 44_100, hz, 0.5)], options)[0]!;
        expect(aliasesDb(tone(997), [997], 299)).toBeLessThan(low);
        expect(aliasesDb(tone(5003), [5003], 149)).toBeLessThan(high);
        expect(aliasesDb(apply([pair], options)[0]!, [6006, 6905], 15)).toBeLessThan(two);
      }
    }
  });

  it('changes the energy of a song little', () => {
    const song = songLike(44_100, 44_100).map((value) => value * 0.5);
    const energy = (samples: Float32Array) => samples.reduce((sum, value) => sum + value * value, 0);
    for (const driveDb of [3, 6, 12]) {
      const change = 10 * Math.log10(energy(apply([song], { driveDb })[0]!) / energy(song));
      expect(Math.abs(change)).toBeLessThan(1.5);
    }
  });

  it('glides to new settings without a step, from and to drive 0 too', () => {
    const saturator = new Saturator(kernels, { ...usual, driveDb: 0, mix: 0.5 });
    const changes = [{ driveDb: 12 }, { mix: 1 }, { driveDb: 3 }, { driveDb: 0 }];
    const tone = sine(50_000, 44_100, 200, 0.5);
    let frame = 0;
    const [output] = stream(kernels, [tone], [1000], (block) => {
      if (frame % 10_000 === 5000) saturator.set(changes[(frame - 5000) / 10_000] ?? {});
      saturator.process(block);
      frame += 1000;
    });
    let most = 0;
    for (let i = 200; i < 49_999; i++)
      most = Math.max(most, Math.abs(output![i + 1]! - 2 * output![i]! + output![i - 1]!));
    // The bent tone's own bends are several times those of the tone; a click of 1 % would be 0.005.
    expect(most).toBeLessThan(0.004);
    const late = saturator.latencyFrames;
    expect(output!.subarray(40_000, 50_000)).toEqual(tone.subarray(40_000 - late, 50_000 - late));
  });

  it.each(TIMES)(
    'gives the same bits for any split into blocks, settings on the way included, at %i times',
    (oversampling) => {
      const channels = [songLike(5000, 44_100), noise(5000, 2, 0.5), songLike(5000, 44_100, 3)];
      const make = () => new Saturator(kernels, { ...usual, channels: 3, oversampling });
      const changes = { 2000: (saturator: Saturator) => saturator.set({ driveDb: 3, mix: 0.7 }) };
      const split = (sizes: readonly number[]) => streamWithChanges(kernels, channels, sizes, make, changes);
      const whole = split([2000, 3000]);
      expect(split([1, 2, 3, 5, 989, 1000, 127, 873])).toEqual(whole);
      expect(split([1])).toEqual(whole);
    },
  );

  it('keeps channels apart and silence silent, starts anew after reset, and is finite for any input', () => {
    const song = songLike(5000, 44_100);
    const [alone, silence] = apply([song, new Float32Array(5000)]);
    expect(alone).toEqual(apply([song])[0]);
    expect(silence).toEqual(new Float32Array(5000));
    const saturator = new Saturator(kernels, usual);
    const process = () => stream(kernels, [song], [777], (block) => saturator.process(block))[0];
    const first = process();
    expect(process()).not.toEqual(first);
    saturator.reset();
    expect(process()).toEqual(first);
    const value = fc.oneof(
      fc.constantFrom(0, 1e-45, -1e-42, 1e6, -1e6),
      fc.float({ min: -1e6, max: 1e6, noNaN: true }),
    );
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 300 }),
        fc.constantFrom(...TIMES),
        (values, oversampling) => {
          expect(apply([Float32Array.from(values)], { driveDb: 24, oversampling })[0]!.every(Number.isFinite)).toBe(
            true,
          );
        },
      ),
    );
  });

  it('refuses what is out of range, naming it', () => {
    const make = (options: Partial<SaturatorOptions>) => () => new Saturator(kernels, { ...usual, ...options });
    expect(make({ driveDb: 30 })).toThrow(/driveDb is 30/);
    expect(make({ mix: Number.NaN })).toThrow(/mix is NaN/);
    expect(() => new Saturator(kernels, usual).set({ mix: 2 })).toThrow(/mix is 2/);
    expect(() => apply([Float32Array.of(Number.NaN)])).toThrow(/not finite/);
  });
});
