import { describe, expect, it } from 'vitest';
import { mastered, measured, planned } from '../../testing/mastering.ts';
import { mixdown } from '../../testing/mixdowns.ts';
import { referenceDistance, withReference } from './match-reference.ts';

const source = { path: 'a.wav', audioHash: 'a' };

describe('withReference', () => {
  it('leads a song towards its reference: the distance falls', async () => {
    const song = mixdown({ seconds: 12, gain: 0.15 });
    const bright = mixdown({ seconds: 12, gain: 0.6, drive: 2 });
    // The reference has more treble: its difference from sample to sample, mixed to it.
    const reference = await measured({
      ...bright,
      channels: bright.channels.map((samples) =>
        samples.map((value, i) => 0.4 * value + 0.9 * (value - (samples[i - 1] ?? 0))),
      ),
    });
    const before = referenceDistance((await measured(song)).figures, reference.figures);
    const plan = await planned(song, withReference({ source }, reference));
    const after = referenceDistance((await measured((await mastered(plan, song)).master)).figures, reference.figures);
    expect(after.balanceDb).toBeLessThan(0.7 * before.balanceDb);
    expect(after.loudnessLu).toBeLessThan(0.2);
    expect(before.loudnessLu).toBeGreaterThan(3);
    expect(plan.stages.find(({ kind }) => kind === 'equaliser')!.reason).toMatch(/from the reference/);
  });

  it('is at no distance from itself', async () => {
    const { figures } = await measured(mixdown({ seconds: 6 }));
    expect(referenceDistance(figures, figures)).toEqual({ balanceDb: 0, loudnessLu: 0, crestDb: 0, widthPercent: 0 });
  });

  it('does not follow a reference out of bounds', async () => {
    const soft = await measured(mixdown({ seconds: 6, gain: 0.003 }));
    expect(withReference({ source }, soft).target!.loudnessLufs).toBe(-24);
    const loud = await measured(mixdown({ seconds: 6, gain: 2, drive: 30 }));
    expect(withReference({ source }, loud).target!.loudnessLufs).toBe(-7);
  });

  it('refuses a reference that is too short, or silent', async () => {
    const short = await measured(mixdown({ seconds: 1 }));
    expect(() => withReference({ source }, short)).toThrow(/lasts 1.00 s; it takes 3 s/);
    const silent = await measured({ sampleRate: 44_100, channels: [new Float32Array(5 * 44_100)] });
    expect(() => withReference({ source }, silent)).toThrow(/the reference is silent/);
  });
});
