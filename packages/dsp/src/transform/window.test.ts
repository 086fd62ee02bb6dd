import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { type WindowKind, windowFunction } from './window.ts';

const kernels = new Kernels();
const KINDS: WindowKind[] = ['hann', 'hamming', 'blackman-harris', 'root-hann'];

function expectClose(values: Float32Array, truth: (i: number) => number): void {
  values.forEach((value, i) => {
    expect(Math.abs(value - truth(i))).toBeLessThan(6e-8);
  });
}

/** Largest side lobe over the peak, in dB, of a window's transform, from the edge of its main lobe on. */
function sideLobeDb(window: Float32Array, mainLobeBins: number): number {
  const response = (bins: number) => {
    let re = 0;
    let im = 0;
    window.forEach((value, i) => {
      re += value * Math.cos((2 * Math.PI * bins * i) / window.length);
      im += value * Math.sin((2 * Math.PI * bins * i) / window.length);
    });
    return Math.hypot(re, im);
  };
  let largest = 0;
  for (let bins = mainLobeBins; bins < 20; bins += 0.125) largest = Math.max(largest, response(bins));
  return 20 * Math.log10(largest / response(0));
}

describe('windowFunction', () => {
  it('follows the closed forms', () => {
    const length = 400;
    const phase = (i: number) => (2 * Math.PI * i) / length;
    expectClose(windowFunction(kernels, 'hann', length), (i) => Math.sin(phase(i) / 2) ** 2);
    expectClose(windowFunction(kernels, 'root-hann', length), (i) => Math.sin(phase(i) / 2));
    expectClose(windowFunction(kernels, 'hamming', length), (i) => 0.54 - 0.46 * Math.cos(phase(i)));
    expectClose(
      windowFunction(kernels, 'blackman-harris', length),
      (i) =>
        0.35875 - 0.48829 * Math.cos(phase(i)) + 0.14128 * Math.cos(2 * phase(i)) - 0.01168 * Math.cos(3 * phase(i)),
    );
  });

  it('has the side lobes that the kinds are known for', () => {
    expect(sideLobeDb(windowFunction(kernels, 'hann', 512), 2)).toBeCloseTo(-31.5, 0);
    expect(sideLobeDb(windowFunction(kernels, 'hamming', 512), 2)).toBeLessThan(-42);
    expect(sideLobeDb(windowFunction(kernels, 'blackman-harris', 512), 4)).toBeCloseTo(-92, 0);
  });

  it.each(KINDS)('is symmetric when asked to be, and one longer than periodic: %s', (kind) => {
    const symmetric = windowFunction(kernels, kind, 33, 'symmetric');
    const periodic = windowFunction(kernels, kind, 32);
    expect(symmetric[16]).toBeCloseTo(1, 6);
    symmetric.forEach((value, i) => {
      expect(Math.abs(value - symmetric[32 - i]!)).toBeLessThan(1e-7);
    });
    expect(symmetric.subarray(0, 32)).toEqual(periodic);
  });

  it('has squares of root-Hann that add up to one at half overlap', () => {
    const window = windowFunction(kernels, 'root-hann', 256);
    for (let i = 0; i < 128; i++) expect(window[i]! ** 2 + window[i + 128]! ** 2).toBeCloseTo(1, 6);
  });

  it('leaves no memory behind', () => {
    const mark = kernels.mark();
    windowFunction(kernels, 'hann', 1000);
    expect(kernels.mark()).toBe(mark);
  });

  it('refuses a length of 0', () => {
    expect(() => windowFunction(kernels, 'hann', 0)).toThrow(/length is 0/);
  });
});
