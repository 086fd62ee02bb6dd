import { describe, expect, it } from 'vitest';
import { mixSecondsAt, simplifyMap, sourceSecondsAt, speedAt, straightMap, type TimePoint } from './time-map.ts';

const MAP: TimePoint[] = [
  { mix: 10, source: 2 },
  { mix: 12, source: 4.2 },
  { mix: 20, source: 12.2 },
];

describe('time maps', () => {
  it('go both ways, and on beyond their ends', () => {
    for (const mix of [0, 10, 11.3, 12, 15, 20, 33]) {
      expect(mixSecondsAt(MAP, sourceSecondsAt(MAP, mix))).toBeCloseTo(mix, 12);
    }
    expect(sourceSecondsAt(MAP, 9)).toBeCloseTo(0.9, 12);
    expect(sourceSecondsAt(MAP, 21)).toBeCloseTo(13.2, 12);
    expect(speedAt(MAP, 11)).toBeCloseTo(1.1, 12);
    expect(speedAt(MAP, 30)).toBeCloseTo(1, 12);
    expect(sourceSecondsAt(straightMap({ mix: 3, source: 1 }, 1.5), 5)).toBeCloseTo(4, 12);
  });

  it('lose the points that a straight line has anyway, and no more than the tolerance', () => {
    const straight = Array.from({ length: 500 }, (_, i) => ({ mix: i / 2, source: 1 + 0.51 * i }));
    expect(simplifyMap(straight, 1e-6)).toEqual([straight[0], straight.at(-1)]);
    const bent = Array.from({ length: 500 }, (_, i) => ({ mix: i / 2 + 0.05 * Math.sin(i / 40), source: i / 2 }));
    const few = simplifyMap(bent, 0.001);
    expect(few.length).toBeLessThan(80);
    for (const { mix, source } of bent) expect(Math.abs(mixSecondsAt(few, source) - mix)).toBeLessThan(0.00101);
  });
});
