import { describe, expect, it } from 'vitest';
import { type TickRow, withoutMultiples } from './tick-row.ts';

const FRAMES = 6000;

function row(period: number, isSteady: boolean): TickRow {
  const frames = Float64Array.from({ length: Math.floor(FRAMES / period) }, (_, k) => k * period);
  const steady = { periodFrames: period, originFrames: 0, wanderFrames: 0, slipFrames: 0, coherence: 1 };
  return { frames, steady: isSteady ? steady : null };
}

describe('withoutMultiples', () => {
  it('leaves out rows that count every second, third or fourth tick of a steady one', () => {
    const rows = [row(20, true), row(40, true), row(60.2, false), row(80, false), row(50, false), row(100, false)];
    expect(withoutMultiples(rows)).toEqual([rows[0], rows[4], rows[5]]);
  });

  it('keeps one of the rows that are the same: the steady one, or the first of two', () => {
    const rows = [row(40.1, false), row(40, true), row(39.999, true)];
    expect(withoutMultiples(rows)).toEqual([rows[1]]);
  });

  it('keeps what follows a tempo that moves, whatever its multiples are', () => {
    const rows = [row(20, false), row(40, false), row(20.1, false)];
    expect(withoutMultiples(rows)).toEqual(rows);
  });
});
