import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { TruePeakMeter } from '../measure/true-peak.ts';
import { interpolatorTwin } from '../measure/true-peak.twin.ts';
import { residualDb } from '../testing/residual.ts';
import { noise, sine, songLike } from '../testing/signals.ts';
import { stream } from '../testing/streaming.ts';
import { type LimiterOptions, TruePeakLimiter } from './limiter.ts';
import { limiterTwin } from './limiter.twin.ts';

const kernels = new Kernels();

/** Limits a signal and the silence behind it, and takes the latency off again. */
function limit(
  channels: readonly Float32Array[],
  options: Partial<LimiterOptions> = {},
  sizes: readonly number[] = [4096],
): Float32Array[] {
  const mark = kernels.mark();
  const limiter = new TruePeakLimiter(kernels, {
    sampleRate: 44_100,
    channels: channels.length,
    ceilingDb: -1,
    ...options,
  });
  const frames = channels[0]!.length;
  const fed = channels.map((samples) => {
    const line = new Float32Array(frames + limiter.latencyFrames);
    line.set(samples);
    return line;
  });
  const output = stream(kernels, fed, sizes, (block) => limiter.process(block));
  kernels.release(mark);
  return output.map((samples) => samples.subarray(limiter.latencyFrames));
}

/** dBTP after the meter of this package. */
function truePeakDb(channels: readonly Float32Array[], sampleRate: number): number {
  const mark = kernels.mark();
  const meter = new TruePeakMeter(kernels, { sampleRate, channels: channels.length });
  stream(kernels, channels, [4096], (block) => meter.process(block));
  const { peakDb } = meter.result();
  kernels.release(mark);
  return peakDb ?? -200;
}

/** dBTP at 16 values a sample. */
function finePeakDb(samples: Float32Array): number {
  const padded = new Float64Array(samples.length + 64);
  padded.set(samples, 32);
  let peak = 0;
  for (let phase = 0; phase < 16; phase++) {
    const taps = interpolatorTwin(phase / 16);
    for (let n = 15; n + 16 < padded.length; n++) {
      let value = 0;
      for (let i = 0; i < 32; i++) value += taps[i]! * padded[n - 15 + i]!;
      peak = Math.max(peak, Math.abs(value));
    }
  }
  return 20 * Math.log10(peak);
}

const n = 12_000;
const hostile: [name: string, samples: Float32Array][] = [
  ['white noise 20 dB over', noise(n, 1, 10)],
  ['peaky noise', noise(n, 2).map((value) => 4 * value ** 3)],
  ['random signs', noise(n, 3).map((value) => (value > 0 ? 2 : -2))],
  ['a low square wave', sine(n, 44_100, 441.3).map((value) => (value > 0 ? 1.5 : -1.5))],
  ['a high square wave', sine(n, 44_100, 5000.3).map((value) => (value > 0 ? 1.5 : -1.5))],
  ['a quarter of the sample rate at 45 degrees', sine(n, 44_100, 11_025, 1.25, 45)],
  ['0.37 of the sample rate', sine(n, 44_100, 16_317, 1.9)],
  ['0.45 of the sample rate', sine(n, 44_100, 19_845.7, 1.9)],
  ['half the sample rate', Float32Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 1.5 : -1.5))],
  ['impulses', Float32Array.from({ length: n }, (_, i) => (i % 777 === 100 ? 5 : 0))],
  ['impulses of alternating sign', Float32Array.from({ length: n }, (_, i) => (i % 1777 < 4 ? 5 * (-1) ** i : 0))],
  ['noise and clicks 34 dB over', noise(n, 4, 0.9).map((value, i) => (i % 1777 === 0 ? 50 : value))],
  ['a step', new Float32Array(n).fill(3, 5000)],
  ['an abrupt begin and end', songLike(n, 44_100).map((value) => value + Math.sign(value))],
];

describe('TruePeakLimiter', () => {
  it.each(hostile)('keeps %s under the ceiling, between the samples too', (_, samples) => {
    for (const ceilingDb of [-1, -6]) {
      const [result] = limit([samples], { ceilingDb });
      expect(truePeakDb([result!], 44_100)).toBeLessThan(ceilingDb - 0.04);
      expect(finePeakDb(result!)).toBeLessThan(ceilingDb);
    }
  });

  it('keeps any short signal under the ceiling, for any look-ahead and release', () => {
    const sample = fc.oneof(fc.constant(0), fc.float({ min: -4, max: 4, noNaN: true }));
    const times = fc.record({
      lookaheadSeconds: fc.double({ min: 0.001, max: 0.02, noNaN: true }),
      releaseSeconds: fc.double({ min: 0.01, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 400 }), times, (values, options) => {
        const [result] = limit([Float32Array.from(values)], options);
        expect(truePeakDb([result!], 44_100)).toBeLessThan(-1.04);
      }),
      { numRuns: 60 },
    );
  });

  it.each([8000, 48_000, 96_000, 192_000])('holds its ceiling at %i Hz', (sampleRate) => {
    const [result] = limit([songLike(sampleRate / 4, sampleRate).map((value) => value * 3)], { sampleRate });
    expect(truePeakDb([result!], sampleRate)).toBeLessThan(-1.04);
    expect(finePeakDb(result!)).toBeLessThan(-1);
  });

  it('lets through, bit by bit, what stays under the ceiling', () => {
    for (const samples of [sine(20_000, 44_100, 11_025, 0.5, 45), songLike(20_000, 44_100), noise(20_000, 1, 0.2)]) {
      const [result] = limit([samples], { ceilingDb: finePeakDb(samples) + 0.1 });
      expect(result!.every((value, i) => value === samples[i])).toBe(true);
    }
  });

  it('is exactly itself again some time after a peak', () => {
    const samples = sine(44_100, 44_100, 300, 0.5);
    samples[5000] = 4;
    const [result] = limit([samples], { releaseSeconds: 0.01 });
    expect(result!.subarray(0, 4500)).toEqual(samples.subarray(0, 4500));
    expect(result![4990]).not.toBe(samples[4990]);
    expect(result!.subarray(30_000)).toEqual(samples.subarray(30_000));
  });

  it('says how far it went down, and then begins anew', () => {
    const mark = kernels.mark();
    const limiter = new TruePeakLimiter(kernels, { sampleRate: 44_100, channels: 1, ceilingDb: -1 });
    stream(kernels, [sine(20_000, 44_100, 441, 0.5)], [999], (block) => limiter.process(block));
    expect(limiter.gainReductionDb()).toBe(0);
    stream(kernels, [sine(20_000, 44_100, 441, 2)], [999], (block) => limiter.process(block));
    expect(limiter.gainReductionDb()).toBeCloseTo(20 * Math.log10(2) + 1.05, 2);
    stream(kernels, [new Float32Array(44_100)], [999], (block) => limiter.process(block));
    limiter.gainReductionDb();
    expect(limiter.gainReductionDb()).toBe(0);
    kernels.release(mark);
  });

  it('goes to another ceiling and release while it runs, without a click', () => {
    const mark = kernels.mark();
    const limiter = new TruePeakLimiter(kernels, { sampleRate: 44_100, channels: 1, ceilingDb: -1 });
    let done = 0;
    const [result] = stream(kernels, [sine(44_100, 44_100, 100, 2)], [22_050], (block) => {
      if (done > 0) limiter.set({ ceilingDb: -7 });
      limiter.process(block);
      done += block.frames;
    });
    const peakDb = (samples: Float32Array) => 20 * Math.log10(Math.max(...samples.map(Math.abs)));
    expect(peakDb(result!.subarray(0, 22_000))).toBeCloseTo(-1.05, 1);
    expect(peakDb(result!.subarray(22_050 + 1500))).toBeCloseTo(-7.05, 1);
    // A sine of 100 Hz moves by 1.4 % of its height in a sample.
    const steps = result!.slice(1).map((value, i) => Math.abs(value - result![i]!));
    expect(Math.max(...steps)).toBeLessThan(0.016);
    expect(() => limiter.set({ ceilingDb: 13 })).toThrow(/ceilingDb is 13/);
    expect(() => limiter.set({ releaseSeconds: 6 })).toThrow(/releaseSeconds is 6/);
    kernels.release(mark);
  });

  it('comes as near to the ceiling as it may', () => {
    const [result] = limit([sine(20_000, 44_100, 441, 2)]);
    expect(truePeakDb([result!], 44_100)).toBeCloseTo(-1.05, 2);
  });

  it.each([8000, 44_100, 192_000])('agrees with its float64 twin, at %i Hz', (sampleRate) => {
    const pairs = [
      [noise(6000, 1, 3), songLike(6000, sampleRate)],
      [hostile[9]![1].subarray(0, 6000), noise(6000, 5, 2)],
    ];
    for (const channels of pairs) {
      const result = limit(channels, { sampleRate });
      const times = [0.01, 1 / 60, 1 / 15, 0.02].map((seconds) => seconds * sampleRate);
      const [lookahead, reach, sustain, release] = times as [number, number, number, number];
      const twin = limiterTwin(channels, 10 ** (-1.05 / 20), lookahead, reach, sustain, release);
      result.forEach((samples, channel) => {
        expect(residualDb(samples, twin[channel]!)).toBeLessThan(-125);
      });
    }
  });

  it('goes down in a straight line of dB over its look-ahead, and back exponentially, without a jump', () => {
    // A constant signal shows the gain itself; the peak at frame 10000 is in group 2500.
    const samples = new Float32Array(20_000).fill(0.1);
    samples[10_000] = 8;
    const gainDb = limit([samples])[0]!.map((value, i) => 20 * Math.log10(value / (i === 10_000 ? 8 : 0.1)));
    const depthDb = gainDb[10_000]!;
    expect(depthDb).toBeCloseTo(-1.05 - 20 * Math.log10(8), 1);
    // The line ends 4 groups before the group of the peak.
    const ramp = Math.round((0.01 * 44_100) / 4);
    for (let k = 0; k <= ramp; k++) {
      expect(gainDb[9984 - 4 * k]! / depthDb).toBeGreaterThan(1 - k / ramp - 0.002);
      // What the click rings between the samples before it has lower lines of its own.
      expect(gainDb[9984 - 4 * k]! / depthDb).toBeLessThan(1 - k / ramp + 0.03);
    }
    const steps = gainDb.subarray(1).map((value, i) => Math.abs(value - gainDb[i]!));
    const perFrame = Math.max(1 / (4 * ramp), 1 / (0.02 * 44_100));
    // Within a group the gain is straight, and so not quite its dB.
    expect(Math.max(...steps)).toBeLessThan(1.02 * perFrame * -depthDb);
  });

  it.each([30, 40, 55, 110])('leaves of a steady note of %d Hz, 6 dB over, nothing but the note', (frequencyHz) => {
    const samples = sine(44_100, 44_100, frequencyHz, 2);
    // Whole periods, after the first 0.1 s.
    const frames = Math.round((Math.floor(0.8 * frequencyHz) * 44_100) / frequencyHz);
    const result = limit([samples])[0]!.subarray(5000, 5000 + frames);
    const tone = samples.subarray(5000, 5000 + frames);
    const product = result.reduce((sum, value, i) => sum + value * tone[i]!, 0);
    const gain = product / tone.reduce((sum, value) => sum + value * value, 0);
    expect(gain).toBeCloseTo(10 ** (-1.05 / 20) / 2, 3);
    const level = tone.map((value) => value * gain);
    expect(residualDb(result, level)).toBeLessThan(-95);
  });

  it('comes back at once from a single peak, and stays down between peaks that follow each other', () => {
    const quiet = 0.01;
    const gainsDb = (peaks: number, apart: number) => {
      const samples = new Float32Array(2 * 44_100).fill(quiet);
      for (let k = 0; k < peaks; k++) samples[44_100 - apart * k] = 4;
      return limit([samples])[0]!.map((value) => 20 * Math.log10(value / quiet));
    };
    const depthDb = -1.05 - 20 * Math.log10(4);
    const late = Math.round(0.02 * 44_100);
    // 37 % is left after a release; before it begins the gain is level for some groups.
    const single = gainsDb(1, 0);
    expect(single[44_100 + 20]).toBeCloseTo(depthDb, 1);
    expect(single[44_100 + 20 + late]! / depthDb).toBeCloseTo(1 / Math.E, 1);
    expect(single[44_100 + 20 + 3 * late]! / depthDb).toBeLessThan(0.07);
    // 9 ms apart the gain does not move; 30 ms apart it comes back each time.
    const many = gainsDb(40, 400);
    for (let i = 44_100 - 20 * 400; i < 44_100 - 2; i++) {
      if ((44_100 - i) % 400 !== 0) expect(Math.abs(many[i]! - depthDb)).toBeLessThan(0.05);
    }
    expect(many[44_100 + Math.round(44_100 / 60) + late]! / depthDb).toBeCloseTo(1 / Math.E, 1);
    expect(gainsDb(20, 1323)[44_100 - 500]! / depthDb).toBeLessThan(0.5);
  });

  it('gives all channels the same gain', () => {
    const quiet = sine(10_000, 44_100, 500, 0.1);
    const input = noise(10_000, 1, 2);
    const [loud, other, silence] = limit([input, quiet, new Float32Array(10_000)]);
    expect(truePeakDb([loud!], 44_100)).toBeLessThan(-1.04);
    expect(loud).toEqual(limit([input])[0]);
    for (let i = 0; i < 10_000; i += 7) expect(other![i]).toBeCloseTo((quiet[i]! * loud![i]!) / input[i]!, 6);
    expect(silence).toEqual(new Float32Array(10_000));
  });

  it('gives the same bits for any split into blocks', () => {
    const channels = [songLike(9000, 44_100).map((value) => value * 2), noise(9000, 2, 1.5)];
    channels[0]!.fill(0, 3000, 5500);
    channels[1]!.fill(0, 3000, 5500);
    const whole = limit(channels, {}, [9268]);
    expect(limit(channels, {}, [1, 2, 3, 15, 16, 17, 128, 1500])).toEqual(whole);
    expect(limit(channels, {}, [127])).toEqual(whole);
    expect(limit(channels, {}, [1])).toEqual(whole);
  });

  it('is as late as it says, and starts anew after reset', () => {
    for (const lookaheadSeconds of [0.001, 0.005, 0.02]) {
      const limiter = new TruePeakLimiter(kernels, {
        sampleRate: 48_000,
        channels: 1,
        ceilingDb: -1,
        lookaheadSeconds,
      });
      const late = limiter.latencyFrames / 48_000 - lookaheadSeconds;
      expect(late).toBeGreaterThan(0);
      expect(late).toBeLessThan(0.0012);
      const samples = new Float32Array(3000);
      samples[10] = 0.5;
      const process = () => stream(kernels, [samples], [777], (block) => limiter.process(block))[0]!;
      expect(process().indexOf(0.5)).toBe(10 + limiter.latencyFrames);
      stream(kernels, [noise(3000, 1, 9)], [777], (block) => limiter.process(block));
      limiter.reset();
      expect(process().indexOf(0.5)).toBe(10 + limiter.latencyFrames);
    }
  });

  it('refuses what it cannot limit, naming it', () => {
    const make = (options: Partial<LimiterOptions>) =>
      new TruePeakLimiter(kernels, { sampleRate: 44_100, channels: 1, ceilingDb: -1, ...options });
    expect(() => make({ ceilingDb: 20 })).toThrow(/ceilingDb is 20/);
    expect(() => make({ lookaheadSeconds: 0 })).toThrow(/lookaheadSeconds is 0/);
    expect(() => make({ releaseSeconds: 9 })).toThrow(/releaseSeconds is 9/);
    expect(() => limit([Float32Array.of(0, Number.NaN)])).toThrow(/not finite/);
    expect(() => limit([Float32Array.of(0, 1e7)])).toThrow(/magnitude 10000000/);
  });
});
