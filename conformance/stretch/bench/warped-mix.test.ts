import { describe, expect, it } from 'vitest';
import { type LaidTracks, speedSmoothness, transitionAlignment } from '../measures/warping.ts';
import { judgeWarping } from './warped-mix.ts';

const beats = Array.from({ length: 40 }, (_, i) => 0.5 * i);

describe('transitionAlignment', () => {
  /** Two tracks of the same beats, the second one from 10 s on, late by `late` and fast by `fast`. */
  const plan = (late: number, fast: number): LaidTracks => {
    const tracks = [
      {
        timeMap: [
          { mix: 0, source: 0 },
          { mix: 20, source: 20 },
        ],
      },
      {
        timeMap: [
          { mix: 10 + late, source: 0 },
          { mix: 20 + late, source: 10 * fast },
        ],
      },
    ];
    return { tracks, transitions: [{ from: 0, to: 1, start: 10, end: 18 }] };
  };

  it('reads how far the beats are apart', () => {
    expect(transitionAlignment(plan(0, 1), [beats, beats], 0)).toMatchObject({ beats: 16, medianMs: 0, worstMs: 0 });
    const late = transitionAlignment(plan(0.004, 1), [beats, beats], 0)!;
    expect([late.medianMs, late.worstMs]).toEqual([expect.closeTo(4, 6), expect.closeTo(4, 6)]);
    // A beat of 0.5 s after t seconds comes too early by t * (1 - 1 / 1.01).
    expect(transitionAlignment(plan(0, 1.01), [beats, beats], 0)!.worstMs).toBeGreaterThan(70);
    expect(transitionAlignment(plan(0, 1), [beats, [100]], 0)).toBeNull();
  });
});

describe('speedSmoothness', () => {
  it('reads the speeds of beats and their changes', () => {
    const map = [
      { mix: 0, source: 0 },
      { mix: 5, source: 5 },
      { mix: 10, source: 10.2 },
    ];
    const { slowest, fastest, largestChange } = speedSmoothness(map, beats, 0, 10);
    expect(slowest).toBeCloseTo(1, 6);
    expect(fastest).toBeCloseTo(1.04, 6);
    expect(largestChange).toBeGreaterThan(0.03);
    expect(largestChange).toBeLessThan(0.0401);
  });
});

describe('a mix of songs whose tempo drifts', () => {
  it('lays beat on beat, changes speed slowly and bends no tone', { timeout: 240_000 }, () => {
    const [transition] = judgeWarping([
      { title: 'steady', style: 'house', bpm: 122, drift: undefined },
      { title: 'drifting', style: 'disco', bpm: 121, drift: { kind: 'wander', depth: 0.01, periodBeats: 64 } },
    ]);
    const { alignment, speed, wow } = transition!;
    expect(alignment!.beats).toBeGreaterThan(24);
    expect(alignment!.medianMs).toBeLessThan(5);
    expect(alignment!.worstMs).toBeLessThan(15);
    expect(speed.largestChange).toBeLessThan(0.01);
    expect(wow.largestCents).toBeLessThan(5);
  });
});
