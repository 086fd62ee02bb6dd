import { describe, expect, it } from 'vitest';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { residualDb } from '../testing/residual.ts';
import { noise, sine, songLike } from '../testing/signals.ts';
import { TimeStretcher } from './time-stretcher.ts';
import { TimeStretcherTwin } from './time-stretcher.twin.ts';

const kernels = new Kernels();
const SAMPLE_RATE = 44_100;
/** At that rate. */
const HOP = 1364;

interface Run {
  readonly sampleRate?: number;
  /** Passed to every step. */
  readonly rate?: number;
  /** Hops between two fillings of the input block. */
  readonly fill?: number;
}

/**
 * Steps through `positions` over a source with silence around it; the input block is refilled every `fill` hops and holds
 * exactly what the face asks for, with values behind it that would be heard.
 */
function run(source: readonly Float32Array[], positions: readonly number[], options: Run = {}): Float32Array[] {
  const { sampleRate = SAMPLE_RATE, fill = 1 } = options;
  const mark = kernels.mark();
  const stretcher = new TimeStretcher(kernels, { sampleRate, channels: source.length });
  const { hopFrames, reachBefore, reachAfter } = stretcher;
  const guard = new SampleBlock(kernels, source.length, 64 * hopFrames);
  const input = new SampleBlock(kernels, source.length, reachBefore + reachAfter + 2 * fill * hopFrames);
  const output = new SampleBlock(kernels, source.length, hopFrames);
  const result = source.map(() => new Float32Array(positions.length * hopFrames));
  let inputStart = 0;
  for (const [index, position] of positions.entries()) {
    if (index % fill === 0) {
      inputStart = Math.ceil(position - reachBefore);
      const last = positions[Math.min(index + fill, positions.length) - 1]!;
      for (let channel = 0; channel < source.length; channel++) {
        guard.channel(channel).fill(9000);
        input.channel(channel).fill(9000);
        const frames = Math.floor(last + reachAfter) - inputStart;
        for (let i = 0; i < frames; i++) input.channel(channel)[i] = source[channel]![inputStart + i] ?? 0;
        input.frames = frames;
      }
    }
    stretcher.step(input, inputStart, position, output, options.rate);
    output.read(result, index * hopFrames);
  }
  kernels.release(mark);
  return result;
}

/** Positions of `steps` hops at a steady rate. */
function steady(steps: number, rate: number, hop = HOP, start = 0): number[] {
  return Array.from({ length: steps }, (_, n) => start + n * rate * hop);
}

describe('TimeStretcher', () => {
  it.each([0.8, 0.94, 1.06, 1.25])('agrees with its float64 twin at rate %d', (rate) => {
    const source = [songLike(66_150, SAMPLE_RATE), songLike(66_150, SAMPLE_RATE, 2)];
    const positions = steady(Math.floor(source[0]!.length / (rate * HOP)), rate);
    const result = run(source, positions, { rate });
    const twin = new TimeStretcherTwin(
      source.map((channel) => Float64Array.from(channel)),
      SAMPLE_RATE,
    );
    const expected = positions.map((position) => twin.step(position, rate)[1]!);
    const hops = expected.map((hop, n) => residualDb(result[1]!.subarray(n * HOP, (n + 1) * HOP), hop));
    // What rounding decides, as whether a peak begins anew, is heard in a few hops and then forgotten.
    expect(
      residualDb(
        result[1]!,
        expected.flatMap((hop) => Array.from(hop)),
      ),
    ).toBeLessThan(-45);
    expect(hops.sort((a, b) => a - b)[Math.floor(0.6 * hops.length)]).toBeLessThan(-100);
  });

  it.each([8000, 22_050, 44_100, 48_000, 192_000])('is the source itself at unit rate and %d Hz', (sampleRate) => {
    const source = noise(60_000, 3, 0.9);
    const hop = new TimeStretcher(kernels, { sampleRate, channels: 1 }).hopFrames;
    const [result] = run([source], steady(12, 1, hop, 1234), { sampleRate });
    expect(residualDb(result!, source.subarray(1234, 1234 + result!.length))).toBeLessThan(-130);
  });

  it('is the source, rounded to whole frames, between frames at unit rate', () => {
    const source = noise(20_000);
    // Rounding in the caller's time map must not move the output by a frame now and then.
    const positions = steady(24, 1, HOP, 1000.5).map((position, n) => position + 4e-4 * Math.cos(n * n));
    const [result] = run([source], positions);
    expect(residualDb(result!, source.subarray(1001, 1001 + result!.length))).toBeLessThan(-130);
  });

  it('returns to the source itself after a stretch', () => {
    const source = [songLike(6 * SAMPLE_RATE, SAMPLE_RATE), songLike(6 * SAMPLE_RATE, SAMPLE_RATE, 5)];
    const stretched = steady(22, 1.06);
    const back = steady(158, 1, HOP, Math.round(stretched.at(-1)!) + HOP);
    const result = run(source, [...stretched, ...back], { fill: 60 });
    const settled = 161;
    const at = back[settled - stretched.length]!;
    for (const channel of [0, 1]) {
      const end = result[channel]!.subarray(settled * HOP);
      expect(residualDb(end, source[channel]!.subarray(at, at + end.length))).toBeLessThan(-120);
    }
  });

  it.each([199, 997, 8765])('makes no click and no step of level where the rate changes, at %d Hz', (frequencyHz) => {
    const source = sine(8 * SAMPLE_RATE, SAMPLE_RATE, frequencyHz, 0.5);
    const positions = [4000];
    for (const rate of [1, 0.9, 1, 1.2, 1]) positions.push(...steady(45, rate, HOP, positions.at(-1)! + rate * HOP));
    const [result] = run([source], positions, { fill: 100 });
    // A steady sine obeys y[i] = 2 cos(w) y[i - 1] - y[i - 2]; a click is where it does not.
    const factor = 2 * Math.cos((2 * Math.PI * frequencyHz) / SAMPLE_RATE);
    let click = 0;
    for (let i = 2; i < result!.length; i++) {
      click = Math.max(click, Math.abs(result![i]! - factor * result![i - 1]! + result![i - 2]!));
    }
    expect(click).toBeLessThan(0.5e-3);
    for (let start = 0; start + 512 < result!.length; start += 256) {
      const peak = Math.max(...result!.subarray(start, start + 512).map(Math.abs));
      expect(Math.abs(20 * Math.log10(peak / 0.5))).toBeLessThan(0.1);
    }
  });

  it.each([
    { pace: 0.5, rate: 0.5 },
    { pace: 1.13, rate: 1.13 },
    { pace: 2, rate: 2 },
    { pace: 0.5, rate: 2 },
    { pace: 2, rate: 0.5 },
  ])('does not depend on how the input is cut into blocks, at pace $pace and rate $rate', ({ pace, rate }) => {
    // What is behind each block would be heard: `run` writes it full. Also where the caller's rate is wrong.
    const source = [songLike(100_000, SAMPLE_RATE), noise(100_000, 4, 0.1)];
    const positions = steady(90, pace, HOP, -3000);
    const whole = run(source, positions, { fill: 17, rate });
    for (const [i, channel] of run(source, positions, { rate }).entries()) {
      expect(channel.findIndex((value, frame) => value !== whole[i]![frame])).toBe(-1);
    }
  });

  it('begins anew after a reset', () => {
    const stretcher = new TimeStretcher(kernels, { sampleRate: SAMPLE_RATE, channels: 1 });
    const input = new SampleBlock(kernels, 1, 60_000);
    const output = new SampleBlock(kernels, 1, stretcher.hopFrames);
    const source = songLike(60_000, SAMPLE_RATE);
    input.write([source], 0, 60_000);
    const play = () =>
      steady(20, 1.1, HOP, 12_000).map((position) => {
        stretcher.step(input, 0, position, output);
        return Array.from(output.channel(0).subarray(0, output.frames));
      });
    const first = play();
    stretcher.reset();
    expect(play()).toEqual(first);
  });

  it('keeps identical channels identical', () => {
    const source = songLike(66_150, SAMPLE_RATE);
    const [left, right] = run([source, source], steady(80, 0.87), { fill: 40 });
    expect(right).toEqual(left);
  });

  it('keeps level and phase between the channels of a panned tone', () => {
    const frames = 66_150;
    const left = sine(frames, SAMPLE_RATE, 700, 0.6);
    const right = sine(frames, SAMPLE_RATE, 700, 0.2, 50);
    const other = sine(frames, SAMPLE_RATE, 1900, 0.4);
    const result = run([left.map((value, i) => value + other[i]!), right], steady(90, 0.85), { fill: 45 });
    const [a, b] = result.map((channel) => phasor(channel.subarray(10_000, 40_000), 700));
    expect(20 * Math.log10(b!.amplitude / a!.amplitude)).toBeCloseTo(20 * Math.log10(0.2 / 0.6), 2);
    const difference = ((((b!.degrees - a!.degrees) % 360) + 540) % 360) - 180;
    expect(Math.abs(difference - 50)).toBeLessThan(0.1);
  });

  it('keeps a silent channel silent beside others, with eight channels', () => {
    const source = Array.from({ length: 8 }, (_, i) => (i === 5 ? new Float32Array(30_000) : noise(30_000, i + 1)));
    const result = run(source, steady(40, 0.9), { fill: 40 });
    expect(Math.max(...result[5]!.map(Math.abs))).toBe(0);
    expect(Math.max(...result[6]!.map(Math.abs))).toBeGreaterThan(0.5);
  });

  it('keeps silence silent', () => {
    const [result] = run([new Float32Array(30_000)], steady(50, 1.2), { fill: 50 });
    expect(Math.max(...result!.map(Math.abs))).toBe(0);
  });

  it('gives finite samples for the loudest and the faintest sound', () => {
    const source = noise(60_000, 8, 1e6);
    for (let i = 20_000; i < source.length; i += 3) source[i] = i < 40_000 ? 1e-42 : 1e-30;
    const [result] = run([source], steady(90, 1.15), { fill: 90 });
    expect(result!.every(Number.isFinite)).toBe(true);
    expect(Math.max(...result!)).toBeGreaterThan(5e5);
    const tone = sine(60_000, 192_000, 1000, 1e6);
    const loud = run(Array(8).fill(tone), steady(12, 1.15, 3000), { sampleRate: 192_000, fill: 12 });
    for (const channel of loud) expect(Math.max(...channel.subarray(16_384))).toBeCloseTo(1e6, -4);
    const faint = noise(30_000, 8, 1e-9);
    const [quiet] = run([faint], steady(40, 1, HOP, 3000), { fill: 40 });
    expect(residualDb(quiet!, faint.subarray(3000, 3000 + quiet!.length))).toBeLessThan(-130);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1.1e6])('refuses a sample of %d as soon as it is in reach', (bad) => {
    const source = noise(60_000);
    source[40_000] = bad;
    expect(() => run([noise(60_000), source], steady(22, 1), { fill: 5 })).not.toThrow();
    expect(() => run([noise(60_000), source], steady(23, 1), { fill: 5 })).toThrow(/channel 1 holds a sample/);
  });

  it('refuses what is out of range', () => {
    expect(() => new TimeStretcher(kernels, { sampleRate: 7999, channels: 1 })).toThrow(/sampleRate is 7999/);
    expect(() => new TimeStretcher(kernels, { sampleRate: 44_100, channels: 9 })).toThrow(/channels is 9/);
    const stretcher = new TimeStretcher(kernels, { sampleRate: SAMPLE_RATE, channels: 1 });
    const input = new SampleBlock(kernels, 1, 30_000);
    const output = new SampleBlock(kernels, 1, HOP);
    input.silence(30_000);
    const step = (position: number, rate?: number) => stretcher.step(input, 0, position, output, rate);
    expect(() => step(Number.NaN)).toThrow(/position is NaN/);
    expect(() => step(stretcher.reachBefore - 1)).toThrow(/position 9215 needs -1 to/);
    expect(() => step(30_000)).toThrow(/input holds source frames 0 to 30000/);
    expect(() => step(10_000, 2.1)).toThrow(/rate is 2.1/);
    expect(() => stretcher.step(input, 0.5, 10_000, output)).toThrow(/inputStart is 0.5/);
    expect(() => stretcher.step(input, 0, 10_000, new SampleBlock(kernels, 1, HOP - 1))).toThrow(/output holds 1363/);
    expect(() => stretcher.step(new SampleBlock(kernels, 2, 8), 0, 0, output)).toThrow(/the block has 2 channels/);
    step(10_000);
    expect(() => step(12_800)).toThrow(/advances by 2800 frames/);
    expect(() => step(10_000)).toThrow(/advances by 0 frames/);
    step(11_024);
  });
});

/** Amplitude and phase of a sinusoid, by projection under a Hann window. */
function phasor(signal: Float32Array, frequencyHz: number): { amplitude: number; degrees: number } {
  let re = 0;
  let im = 0;
  let weight = 0;
  for (const [i, value] of signal.entries()) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / signal.length);
    const angle = (2 * Math.PI * frequencyHz * i) / SAMPLE_RATE;
    re += window * value * Math.cos(angle);
    im -= window * value * Math.sin(angle);
    weight += window;
  }
  return { amplitude: (2 * Math.hypot(re, im)) / weight, degrees: (Math.atan2(im, re) * 180) / Math.PI };
}
