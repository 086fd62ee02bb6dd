import { describe, expect, it } from 'vitest';
import { FIELD_TOLERANCE, isTempoRight, METRICAL_LEVELS, MIXING_TOLERANCE, tempoRatio } from './tempo-metrics.ts';

describe('isTempoRight', () => {
  it.each([
    [104, 0.04, true],
    [96, 0.04, true],
    [104.01, 0.04, false],
    [95.99, 0.04, false],
    [101, 0.01, true],
    [101.01, 0.01, false],
  ])('%d for 100 within %d: %s', (bpm, tolerance, right) => {
    expect(isTempoRight(bpm, [100], tolerance)).toBe(right);
  });

  it('takes double, triple, half and third at all levels, and 4 % of those', () => {
    const right = (bpm: number) => isTempoRight(bpm, [120], FIELD_TOLERANCE, METRICAL_LEVELS);
    expect([60, 40, 240, 360, 249.6, 38.4].map(right)).toEqual([true, true, true, true, true, true]);
    expect([80, 180, 480, 250, 38.3].map(right)).toEqual([false, false, false, false, false]);
  });

  it('takes any of several truths, and no tempo as wrong', () => {
    expect(isTempoRight(90, [120, 90], MIXING_TOLERANCE)).toBe(true);
    expect(isTempoRight(null, [120], FIELD_TOLERANCE)).toBe(false);
    expect(isTempoRight(0, [120], FIELD_TOLERANCE)).toBe(false);
  });
});

describe('tempoRatio', () => {
  it('names the simple ratio', () => {
    const heard = [120, 240, 60, 360, 40, 480, 30, 180, 80, 160, 90, 100, null];
    const expected = ['1', '2', '1/2', '3', '1/3', '4', '1/4', '3/2', '2/3', '4/3', '3/4', 'other', 'none'];
    expect(heard.map((bpm) => tempoRatio(bpm, 120))).toEqual(expected);
  });
});
