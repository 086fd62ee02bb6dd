import { describe, expect, it } from 'vitest';
import { joinLoudness, type ShortTermCurve } from './join-loudness.ts';

/** Short-term loudness of power that changes at whole seconds: value i is the mean of the 3 s up to (i + 1) / 10. */
function shortTerm(lufsAt: (second: number) => number, seconds = 60): ShortTermCurve {
  const values = Array.from({ length: 10 * seconds }, (_, i) => {
    const powers = Array.from({ length: 30 }, (_, k) => 10 ** (lufsAt(Math.floor((i - k) / 10)) / 10));
    return 10 * Math.log10(powers.reduce((sum, power) => sum + power / 30, 0));
  });
  return { values, firstEndSeconds: 0.1 };
}

describe('joinLoudness', () => {
  it('finds nothing in an even mix', () => {
    const { beforeLufs, afterLufs, deviationLu } = joinLoudness(
      shortTerm(() => -14),
      20,
      28,
    );
    expect([beforeLufs, afterLufs]).toEqual([expect.closeTo(-14, 9), expect.closeTo(-14, 9)]);
    expect(deviationLu).toBeCloseTo(0, 9);
  });

  it('allows for a way from one loudness to another', () => {
    const { beforeLufs, afterLufs, deviationLu } = joinLoudness(
      shortTerm((s) => (s < 24 ? -14 : -18)),
      20,
      28,
    );
    expect([beforeLufs, afterLufs]).toEqual([expect.closeTo(-14, 9), expect.closeTo(-18, 9)]);
    expect(deviationLu).toBeCloseTo(0, 9);
  });

  it('tells a hole from a bump', () => {
    expect(
      joinLoudness(
        shortTerm((s) => (s >= 22 && s < 26 ? -19 : -14)),
        20,
        28,
      ).deviationLu,
    ).toBeCloseTo(-5, 6);
    expect(
      joinLoudness(
        shortTerm((s) => (s >= 22 && s < 26 ? -11 : -14)),
        20,
        28,
      ).deviationLu,
    ).toBeCloseTo(3, 6);
  });

  it('finds a hole at a cut, which is shorter than any window', () => {
    expect(
      joinLoudness(
        shortTerm((s) => (s === 20 || s === 21 ? -30 : -14)),
        20,
        20.03,
      ).deviationLu,
    ).toBeLessThan(-4);
  });

  it('is the same for a curve that begins with its first whole window', () => {
    const whole = shortTerm((s) => (s >= 22 && s < 26 ? -19 : -14));
    const late = { values: Array.from(whole.values).slice(29), firstEndSeconds: 3 };
    expect(joinLoudness(late, 20, 28)).toEqual(joinLoudness(whole, 20, 28));
  });

  it('takes silence for silence, and says nothing where the mix has nothing', () => {
    const silent = { values: new Array<number>(600).fill(Number.NEGATIVE_INFINITY), firstEndSeconds: 0.1 };
    expect(joinLoudness(silent, 20, 28)).toEqual({ beforeLufs: -70, afterLufs: -70, deviationLu: 0 });
    expect(
      joinLoudness(
        shortTerm(() => -14, 25),
        20,
        28,
      ),
    ).toEqual({ beforeLufs: expect.closeTo(-14, 9), afterLufs: null, deviationLu: null });
  });
});
