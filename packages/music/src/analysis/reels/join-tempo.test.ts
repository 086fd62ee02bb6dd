import { describe, expect, it } from 'vitest';
import { NO_TEMPO } from '../tempo/tempo-analysis.ts';
import { joinTempo } from './join-tempo.ts';

/** Times half a second apart, the first at `first` within `from` and `to`, every fourth of them a downbeat. */
function reel(from: number, to: number, first: number) {
  const beats = Array.from({ length: Math.ceil((to - first) / 0.5) }, (_, i) => first + 0.5 * i);
  const downbeats = beats.filter((_, i) => i % 4 === 0);
  const candidates = [{ bpm: 120, weight: 0.9 }];
  const tempo = { ...NO_TEMPO, bpm: 120, kind: 'constant', confidence: 0.9, candidates, beats, downbeats } as const;
  return { own: { start: from, end: to }, tempo };
}

/** Smallest and largest of the intervals between neighbours. */
function intervals(times: readonly number[]): [number, number] {
  const steps = times.slice(1).map((time, i) => time - times[i]!);
  return [Math.min(...steps), Math.max(...steps)];
}

describe('joinTempo, where two reels meet that do not agree on a beat', () => {
  const seam = { time: 90, isBorder: false, isBeat: false };

  it('leaves out the last beat of the first where the second has one right after it', () => {
    // Without it, beats at 89.9 and 90.05 would both stay.
    const { beats } = joinTempo([reel(0, 90, 0.4), reel(90, 180, 80.05)], [seam]);
    expect(beats.filter((time) => time > 89 && time < 91)).toEqual(
      [89.4, 90.05, 90.55].map((x) => expect.closeTo(x, 6)),
    );
    expect(intervals(beats)[0]).toBeCloseTo(0.5, 6);
    expect(intervals(beats)[1]).toBeCloseTo(0.65, 6);
  });

  it('does not keep as a downbeat what is no beat any more', () => {
    const first = reel(0, 90, 1.9);
    expect(first.tempo.downbeats.at(-1)).toBeCloseTo(89.9, 6);
    const { beats, downbeats } = joinTempo([first, reel(90, 180, 80.05)], [seam]);
    expect(downbeats.filter((time) => !beats.includes(time))).toEqual([]);
    expect(downbeats.some((time) => Math.abs(time - 89.9) < 1e-6)).toBe(false);
  });

  it('keeps both where they are more than half of the usual interval apart', () => {
    const { beats } = joinTempo([reel(0, 90, 0.3), reel(90, 180, 80.1)], [seam]);
    expect(intervals(beats)[0]).toBeCloseTo(0.3, 6);
    expect(beats).toHaveLength(180 + 180);
  });

  it('drops nothing where both have the beat that they meet at', () => {
    const { beats, kind } = joinTempo([reel(0, 90, 0), reel(90, 180, 80)], [{ ...seam, isBeat: true }]);
    expect(beats).toHaveLength(360);
    expect(kind).toBe('constant');
  });
});
