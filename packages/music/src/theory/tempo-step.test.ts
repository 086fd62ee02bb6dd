import { describe, expect, it } from 'vitest';
import { tempoStep } from './tempo-step.ts';

describe('tempoStep', () => {
  it.each([
    [124, 126, 126 / 124, [1, 1]],
    [87, 174, 1, [2, 1]],
    [174, 86, 172 / 174, [1, 2]],
    [140, 70.7, 141.4 / 140, [1, 2]],
    [60, 200, 200 / 120, [2, 1]],
  ] as const)('%d to %d BPM is a ratio of %d', (from, to, ratio, pulses) => {
    expect(tempoStep(from, to).ratio).toBeCloseTo(ratio, 12);
    expect(tempoStep(from, to).pulses).toEqual(pulses);
  });
});
