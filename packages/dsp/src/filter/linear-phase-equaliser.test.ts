import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { residualDb } from '../testing/residual.ts';
import { noise, sine, songLike } from '../testing/signals.ts';
import { stream, streamWithChanges } from '../testing/streaming.ts';
import { RealFft } from '../transform/real-fft.ts';
import type { FilterBand } from './band.ts';
import { cascadeResponseDb } from './band-response.ts';
import { LinearPhaseEqualiser } from './linear-phase-equaliser.ts';
import { linearPhaseTapsTwin, linearPhaseTwin } from './linear-phase-equaliser.twin.ts';

const kernels = new Kernels();
const TRANSFORM = 2 ** 17;

const fourBands: FilterBand[] = [
  { shape: 'low-shelf', frequencyHz: 110, q: 0.7, gainDb: 3 },
  { shape: 'peak', frequencyHz: 350, q: 1.2, gainDb: -4 },
  { shape: 'peak', frequencyHz: 2500, q: 0.8, gainDb: 2 },
  { shape: 'high-shelf', frequencyHz: 9000, q: 0.7, gainDb: -3 },
];

/** What comes out, from the beginning of the signal on. */
function apply(
  channels: readonly Float32Array[],
  bands: readonly FilterBand[],
  sampleRate = 44_100,
  sizes: readonly number[] = [4096],
): { output: Float32Array[]; equaliser: LinearPhaseEqualiser } {
  const mark = kernels.mark();
  const equaliser = new LinearPhaseEqualiser(kernels, { sampleRate, channels: channels.length, bands });
  const { latencyFrames } = equaliser;
  const padded = channels.map((samples) => {
    const longer = new Float32Array(samples.length + latencyFrames);
    longer.set(samples);
    return longer;
  });
  const output = stream(kernels, padded, sizes, (block) => equaliser.process(block));
  kernels.release(mark);
  return { output: output.map((samples) => samples.subarray(latencyFrames)), equaliser };
}

/** Response to an impulse at frame `at`, of TRANSFORM frames. */
function impulseResponse(bands: readonly FilterBand[], sampleRate: number) {
  const impulse = new Float32Array(TRANSFORM);
  impulse[TRANSFORM / 2] = 1;
  const { output, equaliser } = apply([impulse], bands, sampleRate, [TRANSFORM]);
  return { response: output[0]!, equaliser };
}

/** Largest deviation in dB from the closed form, from 20 Hz to 0.45 of the rate where it is above -30 dB of its largest. */
function deviation(response: Float32Array, bands: readonly FilterBand[], sampleRate: number): number {
  const mark = kernels.mark();
  const spectrum = new Float32Array(TRANSFORM + 2);
  new RealFft(kernels, TRANSFORM).forward(response, spectrum);
  kernels.release(mark);
  const gainDb = cascadeResponseDb(bands, sampleRate);
  const truths = Array.from({ length: TRANSFORM / 2 }, (_, k) => gainDb((k * sampleRate) / TRANSFORM));
  const floor = truths.reduce((a, b) => Math.max(a, b)) - 30;
  let worst = 0;
  truths.forEach((truth, k) => {
    const hz = (k * sampleRate) / TRANSFORM;
    if (hz < 20 || hz > 0.45 * sampleRate || truth < floor) return;
    const db = 20 * Math.log10(Math.hypot(spectrum[2 * k]!, spectrum[2 * k + 1]!));
    worst = Math.max(worst, Math.abs(db - truth));
  });
  return worst;
}

describe('LinearPhaseEqualiser', () => {
  it.each([8000, 44_100, 96_000, 192_000])('has the magnitude of the bands within 0.1 dB, at %i Hz', (sampleRate) => {
    const bands = fourBands.filter(({ frequencyHz }) => frequencyHz < 0.45 * sampleRate);
    const { response, equaliser } = impulseResponse(bands, sampleRate);
    expect(deviation(response, bands, sampleRate)).toBeLessThan(0.1);
    expect(deviation(response, bands, sampleRate)).toBeLessThan(equaliser.errorDb + 0.001);
  });

  it('has it for any bands that a master would take', () => {
    const band: fc.Arbitrary<FilterBand> = fc.oneof(
      fc.record({
        shape: fc.constantFrom('peak', 'low-shelf', 'high-shelf'),
        frequencyHz: fc.double({ min: Math.log(30), max: Math.log(20_000), noNaN: true }).map(Math.exp),
        q: fc.double({ min: 0.3, max: 3, noNaN: true }),
        gainDb: fc.double({ min: -12, max: 12, noNaN: true }),
      }),
      fc
        .record({
          shape: fc.constantFrom('high-pass', 'low-pass'),
          frequencyHz: fc.double({ min: 20, max: 200, noNaN: true }),
          q: fc.double({ min: 0.5, max: 1.3, noNaN: true }),
        })
        .map(
          (each): FilterBand => (each.shape === 'low-pass' ? { ...each, frequencyHz: 90 * each.frequencyHz } : each),
        ),
    );
    fc.assert(
      fc.property(fc.array(band, { minLength: 1, maxLength: 16 }), (bands) => {
        const { response } = impulseResponse(bands, 44_100);
        expect(deviation(response, bands, 44_100)).toBeLessThan(0.1);
      }),
      { numRuns: 12 },
    );
  });

  it('has it between the bins of a short transform too, where a low end is steep', () => {
    const highPasses = (
      [
        [28.95655, 0.72132],
        [38.50998, 1.19099],
        [119.11083, 0.57254],
        [114.13018, 0.74205],
      ] as const
    ).map(([frequencyHz, q]): FilterBand => ({ shape: 'high-pass', frequencyHz, q }));
    const lowPasses = (
      [
        [8881.026, 0.72192],
        [8838.452, 0.79066],
        [4605.809, 0.6464],
      ] as const
    ).map(([frequencyHz, q]): FilterBand => ({ shape: 'low-pass', frequencyHz, q }));
    const bands = [...highPasses, ...lowPasses];
    const { response, equaliser } = impulseResponse(bands, 44_100);
    expect(deviation(response, bands, 44_100)).toBeLessThan(0.1);
    expect(deviation(response, bands, 44_100)).toBeLessThan(equaliser.errorDb + 0.001);
  });

  it('is symmetric about its latency, and as silent before it as it says', () => {
    const { response, equaliser } = impulseResponse(fourBands, 44_100);
    const middle = TRANSFORM / 2;
    const largest = response.reduce((a, b) => Math.max(a, b));
    expect(response[middle]).toBe(largest);
    for (let i = 1; i < middle; i++) expect(Math.abs(response[middle - i]! - response[middle + i]!)).toBeLessThan(1e-6);
    const ring = Math.round(equaliser.preRingingSeconds * 44_100);
    const before = (frames: number) => response.subarray(0, frames).reduce((sum, x) => sum + Math.abs(x), 0);
    expect(before(middle - ring)).toBeLessThan(0.0012);
    expect(before(middle - Math.round(0.8 * ring))).toBeGreaterThan(0.001);
    expect(ring).toBeGreaterThan(100);
  });

  it('delays every frequency by its latency', () => {
    for (const hz of [60, 350, 2500, 12_000]) {
      const tone = sine(60_000, 44_100, hz, 0.5, 20);
      const { output } = apply([tone], fourBands);
      const gain = 10 ** (cascadeResponseDb(fourBands, 44_100)(hz) / 20);
      const truth = tone.map((x) => gain * x);
      // Away from both ends; 0.05 dB is -45 dB.
      expect(residualDb(output[0]!.subarray(15_000, 45_000), truth.subarray(15_000, 45_000))).toBeLessThan(-45);
    }
  });

  it.each([8000, 44_100])('agrees with its float64 twin, at %i Hz', (sampleRate) => {
    const bands = fourBands.filter(({ frequencyHz }) => frequencyHz < 0.4 * sampleRate);
    const samples = songLike(9000, sampleRate);
    const { output, equaliser } = apply([samples], bands, sampleRate);
    // Latency is 3.5 times the reach: three hops' worth and half of the filter.
    const taps = linearPhaseTapsTwin(bands, sampleRate, equaliser.latencyFrames / 3.5);
    expect(residualDb(output[0]!, linearPhaseTwin(samples, taps))).toBeLessThan(-115);
  });

  it('is a delay when all bands are flat', () => {
    const samples = noise(20_000);
    const { output, equaliser } = apply([samples], [{ shape: 'peak', frequencyHz: 1000, q: 1, gainDb: 0 }]);
    expect(residualDb(output[0]!, samples)).toBeLessThan(-130);
    expect(equaliser.errorDb).toBeLessThan(1e-4);
    expect(equaliser.preRingingSeconds).toBe(0);
  });

  it('gives the same bits for any split into blocks, also when bands change', () => {
    const channels = [noise(40_000, 1), songLike(40_000, 44_100), noise(40_000, 3)];
    const peak: FilterBand = { shape: 'peak', frequencyHz: 1500, q: 1, gainDb: 6 };
    const make = () => new LinearPhaseEqualiser(kernels, { sampleRate: 44_100, channels: 3, bands: fourBands });
    const changes = { 20000: (equaliser: LinearPhaseEqualiser) => equaliser.set({ bands: [peak] }) };
    const run = (sizes: number[]) => streamWithChanges(kernels, channels, sizes, make, changes);
    const whole = run([20_000]);
    expect(run([1000, 500, 3500])).toEqual(whole);
    expect(run([...new Array<number>(100).fill(1), 19_900, 19_999, 1])).toEqual(whole);
  });

  it('changes without a click', () => {
    const bands = (gainDb: number): FilterBand[] => [{ shape: 'peak', frequencyHz: 200, q: 0.7, gainDb }];
    const equaliser = new LinearPhaseEqualiser(kernels, { sampleRate: 48_000, channels: 1, bands: bands(-12) });
    let heard = 0;
    const [result] = stream(kernels, [sine(144_000, 48_000, 200, 0.1)], [480], (block) => {
      if (heard === 48_000) equaliser.set({ bands: bands(12) });
      equaliser.process(block);
      heard += block.frames;
    });
    const steepest = 0.1 * 10 ** (12 / 20) * ((2 * Math.PI * 200) / 48_000);
    let step = 0;
    for (let i = 48_001; i < result!.length; i++) step = Math.max(step, Math.abs(result![i]! - result![i - 1]!));
    expect(step).toBeLessThan(1.05 * steepest);
    expect(result!.subarray(120_000).reduce((a, b) => Math.max(a, b))).toBeCloseTo(0.1 * 10 ** (12 / 20), 2);
  });

  it('keeps channels apart, the same the same, and silence silent', () => {
    const [a, b] = [noise(20_000, 1), noise(20_000, 2)];
    const silence = new Float32Array(20_000);
    const { output } = apply([a, b, silence, a], fourBands);
    expect(residualDb(output[0]!, apply([a], fourBands).output[0]!)).toBeLessThan(-120);
    expect(residualDb(output[1]!, apply([b], fourBands).output[0]!)).toBeLessThan(-120);
    expect(output[2]).toEqual(silence);
    const same = apply([b, b], fourBands).output;
    expect(same[1]).toEqual(same[0]);
  });

  it('starts anew after reset', () => {
    const equaliser = new LinearPhaseEqualiser(kernels, { sampleRate: 44_100, channels: 1, bands: fourBands });
    const results = [1, 2].map(() => {
      equaliser.reset();
      return stream(kernels, [noise(9000)], [9000], (block) => equaliser.process(block));
    });
    expect(results[1]).toEqual(results[0]);
  });

  it('refuses what it cannot hold', () => {
    const make = (band: FilterBand, sampleRate = 44_100) =>
      new LinearPhaseEqualiser(kernels, { sampleRate, channels: 1, bands: [band] });
    expect(() => make({ shape: 'peak', frequencyHz: 20, q: 20, gainDb: 12 })).toThrow(/ring for too long/);
    expect(() => make({ shape: 'peak', frequencyHz: 2, q: 1 })).toThrow(/frequencyHz is 2/);
    expect(() => make({ shape: 'peak', frequencyHz: 200, q: 1 }, 4000)).toThrow(/sampleRate is 4000/);
    const short = make({ shape: 'peak', frequencyHz: 5000, q: 1, gainDb: 3 });
    expect(() => short.set({ bands: [{ shape: 'peak', frequencyHz: 30, q: 3, gainDb: 6 }] })).toThrow(/too long/);
    expect(() => stream(kernels, [Float32Array.of(Number.NaN)], [1], (block) => short.process(block))).toThrow(
      /not finite/,
    );
  });
});
