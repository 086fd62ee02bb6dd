import { describe, expect, it } from 'vitest';
import { NO_STRUCTURE } from '../structure/structure-analysis.ts';
import { NO_TEMPO } from '../tempo/tempo-analysis.ts';
import { betweenSeams, seamOf } from './seam.ts';

interface Facts {
  readonly beats?: readonly number[];
  readonly downbeats?: readonly number[];
  /** Starts of sections; the first is where the reel begins. */
  readonly sections?: readonly number[];
}

function reel(start: number, end: number, { beats = [], downbeats = [], sections = [] }: Facts) {
  return {
    heard: { start, end },
    tempo: { ...NO_TEMPO, beats, downbeats },
    structure: {
      ...NO_STRUCTURE,
      sections: sections.map((from, i) => ({ start: from, end: sections[i + 1] ?? end, label: 'A', energy: 1 })),
    },
  };
}

const every = (seconds: number, from: number, to: number) =>
  Array.from({ length: Math.floor((to - from) / seconds) + 1 }, (_, i) => from + i * seconds);

describe('seamOf', () => {
  const beats = { beats: every(0.5, 0, 100) };
  const later = { beats: every(0.5, 80.01, 180) };

  it('lies on the border of a section that both reels have', () => {
    const before = reel(0, 100, { ...beats, downbeats: every(2, 0, 100), sections: [0, 40, 84, 96] });
    const after = reel(80, 180, { ...later, downbeats: every(2, 80.01, 180), sections: [80, 84.01, 92, 120] });
    expect(seamOf(before, after)).toEqual({ time: 84.01, isBorder: true, isBeat: true });
  });

  it('does not take the start of a reel for a border', () => {
    const before = reel(0, 100, { sections: [0, 80] });
    const after = reel(80, 180, { sections: [80, 120] });
    expect(seamOf(before, after)).toEqual({ time: 90, isBorder: false, isBeat: false });
  });

  it('lies on a downbeat of both, the nearest to the middle of the overlap', () => {
    const before = reel(0, 100, { ...beats, downbeats: every(2, 1, 100) });
    const after = reel(80, 180, { ...later, downbeats: every(2, 81.01, 180) });
    const { time, isBeat } = seamOf(before, after);
    expect(isBeat).toBe(true);
    expect([89.01, 91.01]).toContainEqual(expect.closeTo(time, 6));
  });

  it('lies on a beat of both where they count bars otherwise, and in the middle where they agree on nothing', () => {
    const before = reel(0, 100, { ...beats, downbeats: every(2, 0, 100) });
    const other = reel(80, 180, { ...later, downbeats: every(2, 80.51, 180) });
    expect(seamOf(before, other).time).toBeCloseTo(90, 1);
    expect(seamOf(before, other).isBeat).toBe(true);
    const off = reel(80, 180, { beats: every(0.5, 80.2, 180), downbeats: every(2, 80.2, 180) });
    expect(seamOf(before, off)).toEqual({ time: 90, isBorder: false, isBeat: false });
  });

  it('hands over each beat once, whichever of the two has it a little earlier', () => {
    for (const shift of [-0.02, 0, 0.02]) {
      const before = reel(0, 100, beats);
      const after = reel(80, 180, { beats: every(0.5, 80 + shift, 180) });
      const joined = betweenSeams(
        [before, after],
        [seamOf(before, after)],
        ({ tempo }) => tempo.beats,
        (time) => time,
      );
      expect(joined).toHaveLength(shift > 0 ? 360 : 361);
      const intervals = joined.slice(1).map((time, i) => time - joined[i]!);
      expect(Math.min(...intervals)).toBeGreaterThan(0.47);
      expect(Math.max(...intervals)).toBeLessThan(0.53);
    }
  });
});
