import { describe, expect, it } from 'vitest';
import { mastered, planned } from '../../testing/mastering.ts';
import { mixdown } from '../../testing/mixdowns.ts';
import { masterTarget } from '../targets/find-target.ts';
import { brokenPromises, requirePromises } from './verify-master.ts';

const clip = mixdown({ seconds: 8, gain: 0.25, verse: 0.5 });

describe('a master against its plan', () => {
  it('says what was reached, and where the limiter worked hardest', async () => {
    const hard = mixdown({ seconds: 8, gain: 0.2 });
    const plan = await planned(hard, { target: masterTarget('club') });
    const { result } = await mastered(plan, hard);
    expect(brokenPromises(plan, result)).toEqual([]);
    expect(() => requirePromises(plan, result)).not.toThrow();
    expect(result.before.integratedLufs).toBe(plan.measured.integratedLufs);
    expect(result.hardestLimiting!.reductionDb).toBeGreaterThan(1);
    expect(result.hardestLimiting!.seconds).toBeLessThan(8);
  });

  it('is an error when it is over the ceiling, or not as loud as expected', async () => {
    const plan = await planned(clip);
    const { result } = await mastered(plan, clip);
    const broken = (expected: Partial<typeof plan.expected>) => ({
      ...plan,
      expected: { ...plan.expected, ...expected },
    });
    expect(() => requirePromises(broken({ truePeakDb: -20 }), result)).toThrow(
      /expected.truePeakDb promises -20.00 dBTP at most, and the master has a true peak of -\d.\d\d dBTP/,
    );
    const off = plan.expected.integratedLufs! + 0.5;
    const louder = { ...result, offExpectedLu: result.after.integratedLufs! - off };
    expect(() => requirePromises(broken({ integratedLufs: off }), louder)).toThrow(
      /expected.integratedLufs promises -\d+.\d\d LUFS within 0.10 LU, and/,
    );
    const none = broken({ integratedLufs: null, truePeakDb: null });
    expect(brokenPromises(none, { ...result, offExpectedLu: null })).toEqual([]);
  });
});
