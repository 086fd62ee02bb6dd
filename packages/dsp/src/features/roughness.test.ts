import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { type RoughnessOptions, roughnessCurve } from './roughness.ts';
import { frameRoughnessTwin, roughnessTwin } from './roughness.twin.ts';

const kernels = new Kernels();
const OPTIONS: RoughnessOptions = {
  ...{ bins: 120, lowestHz: 110, binsPerOctave: 36, framesApart: 1, mostPeaks: 12, quietest: 0.01 },
};
const hertzOf = (bin: number) => 110 * 2 ** (bin / 36);

/** Partials with the shape of a Gaussian, which a parabola through logarithms places exactly; bins and amplitudes. */
function spectrum(...partials: readonly (readonly [place: number, amplitude: number])[]): Float32Array {
  return Float32Array.from({ length: OPTIONS.bins }, (_, bin) =>
    partials.reduce((sum, [place, amplitude]) => sum + amplitude * Math.exp(-2 * (bin - place) ** 2), 0),
  );
}

const roughnessOf = (frame: Float32Array, options = OPTIONS) => roughnessCurve(kernels, frame, options)[0]!;

describe('roughness', () => {
  it('is largest, 1, about a quarter of a critical band apart', () => {
    const curve = Array.from({ length: 400 }, (_, i) => roughnessTwin(500, 500 + i));
    const largest = Math.max(...curve);
    expect(largest).toBeCloseTo(1, 4);
    // Plomp and Levelt: a critical band is about 100 Hz wide at 500 Hz.
    expect(Math.abs(curve.indexOf(largest) - 27)).toBeLessThan(3);
  });

  it('is 0 for the same tone and nearly 0 an octave apart', () => {
    expect(roughnessTwin(440, 440)).toBe(0);
    expect(roughnessTwin(440, 880)).toBeLessThan(0.01);
  });
});

describe('roughnessCurve', () => {
  it('is 0 for one partial, and in silence', () => {
    expect(roughnessOf(spectrum([60.3, 1]))).toBe(0);
    expect(roughnessOf(new Float32Array(OPTIONS.bins))).toBe(0);
  });

  it('is half of the roughness of two partials alike: each is also paired with itself', () => {
    for (const apart of [6, 9, 17, 36]) {
      const frame = spectrum([40.2, 0.5], [40.2 + apart, 0.5]);
      expect(roughnessOf(frame)).toBeCloseTo(0.5 * roughnessTwin(hertzOf(40.2), hertzOf(40.2 + apart)), 3);
    }
  });

  it('counts the loudest peaks alone, and none that is too quiet beside them', () => {
    const two = spectrum([30, 1], [40, 0.8]);
    const three = spectrum([30, 1], [40, 0.8], [70, 0.3]);
    expect(roughnessOf(three)).not.toBeCloseTo(roughnessOf(two), 4);
    expect(roughnessOf(three, { ...OPTIONS, mostPeaks: 2 })).toBeCloseTo(roughnessOf(two), 6);
    expect(roughnessOf(three, { ...OPTIONS, quietest: 0.5 })).toBeCloseTo(roughnessOf(two), 6);
  });

  it.each([
    [12, 0.01, 1],
    [3, 0.2, 4],
    [40, 0, 3],
  ])('is its twin with %i peaks over %d, of every %i frames', (mostPeaks, quietest, framesApart) => {
    const options = { ...OPTIONS, mostPeaks, quietest, framesApart };
    const rows = 90;
    const frames = noise(rows * OPTIONS.bins, 5).map((value) => Math.abs(value) ** 3);
    const curve = roughnessCurve(kernels, frames, options);
    expect(curve).toHaveLength(Math.ceil(rows / framesApart));
    curve.forEach((value, i) => {
      const at = i * framesApart * OPTIONS.bins;
      expect(value).toBeCloseTo(frameRoughnessTwin(frames.subarray(at, at + OPTIONS.bins), options), 6);
    });
  });

  it('takes the lower of two peaks alike when there is room for one', () => {
    const even = new Float32Array(OPTIONS.bins);
    for (const bin of [20, 50, 80]) even[bin] = 1;
    const options = { ...OPTIONS, mostPeaks: 2 };
    expect(roughnessOf(even, options)).toBeCloseTo(frameRoughnessTwin(even, options), 6);
    even[80] = 0;
    expect(roughnessOf(even, options)).toBeCloseTo(frameRoughnessTwin(even, { ...options, mostPeaks: 12 }), 6);
  });

  it('leaves the memory as it was, and refuses what it cannot look at', () => {
    const mark = kernels.mark();
    expect(roughnessCurve(kernels, new Float32Array(0), OPTIONS)).toHaveLength(0);
    expect(() => roughnessOf(spectrum(), { ...OPTIONS, mostPeaks: 0 })).toThrow(/mostPeaks is 0/);
    expect(() => roughnessOf(spectrum(), { ...OPTIONS, framesApart: 1.5 })).toThrow(/framesApart is 1.5/);
    expect(() => roughnessOf(spectrum(), { ...OPTIONS, quietest: 2 })).toThrow(/quietest is 2/);
    expect(kernels.mark()).toBe(mark);
  });
});
