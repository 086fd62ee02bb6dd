import { describe, expect, it } from 'vitest';
import { gainModulation } from './gain-modulation.ts';

const framesPerSecond = 86.13;
const gains = (gainDb: (seconds: number) => number) =>
  Float64Array.from({ length: 4000 }, (_, i) => gainDb(i / framesPerSecond));

describe('gainModulation', () => {
  it.each([0.8, 4, 15])('reads a sine of 2 dB at %d Hz as its effective value and its rate', (rate) => {
    const { rmsDb, rateHz, spreadDb } = gainModulation(
      gains((t) => -6 + 2 * Math.sin(2 * Math.PI * rate * t)),
      framesPerSecond,
    );
    expect(rmsDb).toBeCloseTo(Math.SQRT2, 2);
    expect(Math.abs(rateHz! - rate)).toBeLessThan(0.05);
    // 5 % of a sine lie beyond cos(0.05 pi) of its amplitude, on either side.
    expect(spreadDb).toBeCloseTo(4 * Math.cos(0.05 * Math.PI), 1);
  });

  it('does not count what is slower or faster, nor a constant gain', () => {
    expect(
      gainModulation(
        gains((t) => 3 * Math.sin(0.2 * Math.PI * t)),
        framesPerSecond,
      ).rmsDb,
    ).toBeLessThan(0.05);
    expect(
      gainModulation(
        gains((t) => 3 * Math.sin(60 * Math.PI * t)),
        framesPerSecond,
      ).rmsDb,
    ).toBeLessThan(0.01);
    expect(
      gainModulation(
        gains(() => -7),
        framesPerSecond,
      ),
    ).toEqual({
      rmsDb: expect.closeTo(0, 12),
      rateHz: null,
      spreadDb: 0,
    });
  });

  it('adds the powers of two modulations', () => {
    const both = gains((t) => Math.sin(2 * Math.PI * 2 * t) + Math.sin(2 * Math.PI * 9 * t));
    expect(gainModulation(both, framesPerSecond).rmsDb).toBeCloseTo(1, 2);
    expect(gainModulation(both, framesPerSecond).rateHz).toBeCloseTo(5.5, 1);
  });

  it('knows short gains', () => {
    expect(gainModulation(new Float64Array(0), framesPerSecond).rmsDb).toBe(0);
    expect(gainModulation(new Float64Array(5).fill(1), framesPerSecond).rmsDb).toBeCloseTo(0, 12);
  });
});
