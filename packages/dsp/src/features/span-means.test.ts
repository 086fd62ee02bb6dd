import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { spanMeans } from './span-means.ts';
import { spanMeanTwin } from './span-means.twin.ts';

const kernels = new Kernels();

describe('spanMeans', () => {
  it('counts a row for what the span covers of it', () => {
    const rows = { values: Float32Array.of(8, 16, 32, 64), stride: 1, width: 1 };
    const spans = Float64Array.of(0, 4, 1, 2, 0.5, 1.5, 2.75, 3.75, 3.5, 4);
    expect([...spanMeans(kernels, rows, spans)]).toEqual([30, 16, 12, 56, 64]);
  });

  it('looks at the columns that it is told to, and at nothing less than the least', () => {
    const values = Float32Array.of(1, -90, 5, 3, -20, 5);
    const rows = { values, stride: 3, width: 2, least: -40 };
    expect([...spanMeans(kernels, rows, Float64Array.of(0, 2))]).toEqual([2, -30]);
  });

  it.each([
    [1, 1],
    [5, 4],
    [40, 35],
  ])('is its twin, of rows of %i with %i looked at', (stride, width) => {
    const rows = { values: noise(90 * stride, 4), stride, width, least: -0.5 };
    const edges = [...noise(30, 2)].map((value) => 45 + 45 * value);
    const spans = Float64Array.from(edges.flatMap((edge) => [edge, Math.min(90, edge + 0.01 + edge / 7)]));
    const means = spanMeans(kernels, rows, spans);
    expect(means).toHaveLength(30 * width);
    means.forEach((mean, i) => {
      const span = 2 * Math.floor(i / width);
      expect(mean).toBeCloseTo(spanMeanTwin(rows, i % width, spans[span]!, spans[span + 1]!), 6);
    });
  });

  it('is nothing of no spans, leaves the memory as it was, and refuses spans that are not there', () => {
    const mark = kernels.mark();
    const rows = { values: new Float32Array(8), stride: 2, width: 2 };
    expect(spanMeans(kernels, rows, new Float64Array(0))).toHaveLength(0);
    for (const span of [
      [-1, 2],
      [2, 2],
      [3, 4.1],
      [Number.NaN, 2],
    ]) {
      expect(() => spanMeans(kernels, rows, Float64Array.from(span))).toThrow(/within 0 to 4/);
    }
    expect(() => spanMeans(kernels, { ...rows, width: 3 }, new Float64Array(0))).toThrow(/width is 3/);
    expect(kernels.mark()).toBe(mark);
  });
});
