import { describe, expect, it } from 'vitest';
import { hear, stem } from '../../testing/stems.ts';
import { decideGains } from './decide-gains.ts';
import { audibleStems, mixBands, togetherLufs } from './stem-levels.ts';

describe('decideGains', async () => {
  const heard = await Promise.all([hear('drums', stem('drums')), hear('bass', stem('bass'))]);
  const stems = audibleStems(heard, 6);
  const decide = (relativeLu: readonly (number | null)[] | null, filteredLu = [0, 0]) =>
    decideGains(stems, filteredLu, mixBands(heard), {
      ...{ loudnessLufs: -20, spectrum: null },
      known: relativeLu && { relativeLu, mostLu: 6 },
    });

  it('brings the sum to the loudness, whatever filters do', () => {
    for (const filtered of [
      [0, 0],
      [-2, 0.5],
    ]) {
      const sum = togetherLufs(
        decide(null, filtered).map(({ gain }, i) => stems[i]!.integratedLufs + filtered[i]! + gain.gainDb),
      );
      expect(Math.abs(sum + 20)).toBeLessThan(0.11);
    }
    const [without, within] = [decide(null), decide(null, [-2, 0])];
    const between = (list: typeof without) => list[0]!.gain.gainDb - list[1]!.gain.gainDb;
    expect(between(within) - between(without)).toBeCloseTo(2, 6);
  });

  it('follows known levels, and shares a bound among all when they are far from the rules', () => {
    const rule = decide(null);
    const apart = (list: typeof rule) => list[0]!.expectedLu - list[1]!.expectedLu;
    expect(apart(decide([-3, -3]))).toBeCloseTo(0, 6);
    // 6 LU up for one and 6 down for the other are 12 between them.
    expect(apart(decide([0, -40])) - apart(rule)).toBeCloseTo(12, 6);
    expect(decide([0, -40])[0]!.gain.reason).toMatch(/as far as 6 LU from the rule/);
    expect(decide([0, null])[1]!.gain.reason).toMatch(/not heard in the reference and goes 6 LU under the rule/);
  });
});
