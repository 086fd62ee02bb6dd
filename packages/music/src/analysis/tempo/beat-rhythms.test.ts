import { Kernels } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import type { AccentCurves } from './accent-curves.ts';
import { beatRhythms, contrastRhythms, likenessAfter, RHYTHM_VALUES } from './beat-rhythms.ts';

const kernels = new Kernels();
const PERIOD = 24;

/** Accents of strength 1 in one band: at places of a beat, in twelfths, that go round from beat to beat. */
function accentsAt(
  count: number,
  patterns: readonly (readonly number[])[],
): { curves: AccentCurves; beats: Float64Array } {
  const band = () => new Float32Array((count + 1) * PERIOD);
  const compressed = [band(), band(), band()] as const;
  for (let beat = 0; beat < count; beat++) {
    for (const place of patterns[beat % patterns.length]!) compressed[1][beat * PERIOD + 2 * place] = 1;
  }
  const [low, mid, high] = compressed;
  return {
    curves: { frameRate: 100, all: mid, low, mid, high, compressed },
    beats: Float64Array.from({ length: count + 1 }, (_, i) => i * PERIOD),
  };
}

describe('beatRhythms', () => {
  it('has the accents of each beat at its places', () => {
    const { curves, beats } = accentsAt(4, [
      [0, 6],
      [0, 3, 9],
    ]);
    const rhythms = beatRhythms(beats, curves);
    expect(rhythms.length).toBe(4 * RHYTHM_VALUES);
    const places = (beat: number) =>
      Array.from(rhythms.subarray(beat * RHYTHM_VALUES + 12, beat * RHYTHM_VALUES + 24)).flatMap((x, i) =>
        x > 0 ? [i] : [],
      );
    expect([places(0), places(1)]).toEqual([
      [0, 6],
      [0, 3, 9],
    ]);
  });
});

describe('likenessAfter', () => {
  it('is 1 for standardised rhythms that come again', () => {
    const { curves, beats } = accentsAt(24, [[0], [0, 6], [0, 4, 8]]);
    const rhythms = beatRhythms(beats, curves);
    const [three, one, none] = likenessAfter(kernels, rhythms, [3, 1, 24], true);
    expect(three).toBeCloseTo(1, 5);
    expect(one).toBeLessThan(0.8);
    expect(none).toBe(0);
  });

  it('of contrasts is highest where the bar comes again', () => {
    const { curves, beats } = accentsAt(32, [[0], [0, 6], [0], [0, 3, 9]]);
    const rhythms = beatRhythms(beats, curves);
    contrastRhythms(rhythms);
    const [one, two, three, four] = likenessAfter(kernels, rhythms, [1, 2, 3, 4], false);
    expect(four!).toBeGreaterThan(Math.max(one!, two!, three!) + 0.1);
  });

  it('of contrasts is next to nothing where every beat is the same but for its sampling', () => {
    const { curves, beats } = accentsAt(32, [[0, 6]]);
    curves.compressed[1].forEach((value, i) => {
      if (value > 0) curves.compressed[1][i] = 1 + 0.02 * Math.sin(i);
    });
    const rhythms = beatRhythms(beats, curves);
    contrastRhythms(rhythms);
    for (const likeness of likenessAfter(kernels, rhythms, [1, 2, 3, 4], false)) {
      expect(Math.abs(likeness)).toBeLessThan(0.001);
    }
  });
});
