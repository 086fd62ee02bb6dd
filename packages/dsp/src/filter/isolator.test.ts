import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { roughness, toneRoughness } from '../testing/effects.ts';
import { gainDb, residualDb } from '../testing/residual.ts';
import { noise, sine, songLike } from '../testing/signals.ts';
import { stream } from '../testing/streaming.ts';
import { type BandGains, ThreeBandIsolator } from './isolator.ts';
import { isolatorTwin } from './isolator.twin.ts';

const kernels = new Kernels();
const all: BandGains = [1, 1, 1];
const frequencies = Array.from({ length: 31 }, (_, i) => 20 * 10 ** (i / 10));

function apply(
  channels: readonly Float32Array[],
  from: BandGains,
  to: BandGains = from,
  { sampleRate = 48_000, lowHz = 200, highHz = 2500, sizes = [channels[0]!.length] } = {},
): Float32Array[] {
  const mark = kernels.mark();
  const isolator = new ThreeBandIsolator(kernels, { sampleRate, channels: channels.length, lowHz, highHz });
  const output = stream(kernels, channels, sizes, (block) => isolator.process(block, from, to));
  kernels.release(mark);
  return output;
}

function impulseResponse(gains: BandGains, options: Parameters<typeof apply>[3] = {}): Float32Array {
  const impulse = new Float32Array(2 ** 15);
  impulse[0] = 1;
  return apply([impulse], gains, gains, options)[0]!;
}

describe('ThreeBandIsolator', () => {
  it.each([
    [44_100, 200, 2500],
    [48_000, 80, 12_000],
    [96_000, 300, 301],
    [22_050, 200, 2500],
  ])('adds up to a flat gain within 0.01 dB at %i Hz, crossovers %i and %i Hz', (sampleRate, lowHz, highHz) => {
    const response = impulseResponse(all, { sampleRate, lowHz, highHz });
    for (const frequency of frequencies.filter((value) => value < sampleRate / 2)) {
      expect(Math.abs(gainDb(response, sampleRate, frequency))).toBeLessThan(0.01);
    }
  });

  it('is at -6 dB at the crossovers and falls by 24 dB an octave', () => {
    const at = (gains: BandGains, frequency: number) => gainDb(impulseResponse(gains), 48_000, frequency);
    expect(at([1, 0, 0], 200)).toBeCloseTo(-6.02, 1);
    expect(at([0, 1, 0], 200)).toBeCloseTo(-6.02, 1);
    expect(at([0, 1, 0], 2500)).toBeCloseTo(-6.02, 1);
    expect(at([0, 0, 1], 2500)).toBeCloseTo(-6.02, 1);
    expect(at([1, 0, 0], 800) - at([1, 0, 0], 1600)).toBeCloseTo(24.1, 0);
    expect(at([0, 1, 1], 50) - at([0, 1, 1], 25)).toBeCloseTo(24.1, 0);
    expect(at([0, 0, 1], 1200) - at([0, 0, 1], 600)).toBeCloseTo(24.1, 0);
    expect(at([0, 1, 1], 40)).toBeLessThan(-55);
  });

  it('agrees with a float64 twin that has real high-passes, gains moving', () => {
    for (const samples of [noise(20_000), songLike(20_000, 44_100)]) {
      const [from, to] = [
        [1, 0.2, 0.5],
        [0, 1, 1.5],
      ] as const;
      const [result] = apply([samples], from, to, { sampleRate: 44_100 });
      expect(residualDb(result!, isolatorTwin(samples, 44_100, [200, 2500], from, to))).toBeLessThan(-115);
    }
  });

  it('removes everything when all gains are zero, and a ramp begins and ends where it says', () => {
    const samples = noise(1000);
    expect(apply([samples], [0, 0, 0])[0]!.every((value) => value === 0)).toBe(true);
    const faded = apply([samples], all, [0, 0, 0])[0]!;
    const plain = apply([samples], all)[0]!;
    for (let i = 0; i < 1000; i++) expect(faded[i]).toBeCloseTo(plain[i]! * (1 - i / 1000), 5);
  });

  it('kills a band within a block of 128 frames without a click, and opens it again', () => {
    const tone = sine(24_000, 48_000, 50, 0.5);
    const isolator = new ThreeBandIsolator(kernels, { sampleRate: 48_000, channels: 1 });
    const killed: BandGains = [0, 1, 1];
    let last: BandGains = all;
    let turn = 0;
    const [result] = stream(kernels, [tone], [128], (block) => {
      const next = turn >= 60 && turn < 120 ? killed : all;
      isolator.process(block, last, next);
      last = next;
      turn += 1;
    });
    // The tone's own second difference, and the bend where a gain begins and ends its way of 128 frames.
    expect(roughness(result!.subarray(2000))).toBeLessThan(toneRoughness(48_000, 50, 0.5) + (1.1 * 0.5) / 128);
    const peak = (from: number) => result!.subarray(from, from + 960).reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    // Two octaves below the crossover the middle band's slope is at -48 dB.
    expect(20 * Math.log10(peak(14_000) / 0.5)).toBeLessThan(-47);
    expect(peak(20_000)).toBeCloseTo(0.5, 2);
  });

  it('has no latency: the high band answers at once', () => {
    expect(Math.abs(impulseResponse([0, 0, 1])[0]!)).toBeGreaterThan(0.5);
  });

  it('gives the same bits for any split into blocks', () => {
    const channels = [noise(9000, 1), noise(9000, 2), noise(9000, 3)];
    const gains: BandGains = [0.3, 1, 0.8];
    const whole = apply(channels, gains);
    expect(apply(channels, gains, gains, { sizes: [1, 2, 3, 128, 1023] })).toEqual(whole);
  });

  it('keeps channels apart, silence silent, and comes to rest without denormals', () => {
    const [a, b] = [noise(60_000, 1), new Float32Array(60_000)];
    a.fill(0, 1000);
    const [left, right, third] = apply([a, b, a], all);
    expect(left).toEqual(apply([a], all)[0]);
    expect(third).toEqual(left);
    expect(right).toEqual(b);
    expect(left!.subarray(50_000)).toEqual(new Float32Array(10_000));
    const tiny = apply([new Float32Array(5000).fill(1e-42)], all)[0]!;
    for (const value of tiny) expect(Math.abs(value)).toBeLessThan(1e-40);
  });

  it('starts anew after reset', () => {
    const isolator = new ThreeBandIsolator(kernels, { sampleRate: 48_000, channels: 1 });
    const samples = noise(2000, 4);
    const process = () => stream(kernels, [samples], [2000], (block) => isolator.process(block, all))[0];
    const first = process();
    isolator.reset();
    expect(process()).toEqual(first);
  });

  it('refuses what is out of range, naming it', () => {
    const make = (lowHz: number, highHz: number) =>
      new ThreeBandIsolator(kernels, { sampleRate: 44_100, channels: 1, lowHz, highHz });
    expect(() => make(3000, 2500)).toThrow(/lowHz is 3000/);
    expect(() => make(200, 22_050)).toThrow(/highHz is 22050/);
    expect(() => apply([noise(10)], [1, Number.NaN, 1])).toThrow(/gain is NaN/);
  });
});
