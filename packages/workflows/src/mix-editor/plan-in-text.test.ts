import type { MixableTrack, MixPlan, MixTransition } from '@tutti/music/mixing';
import { describe, expect, it } from 'vitest';
import { plannedMix } from '../testing/small-set.ts';
import { planTable, wishWords } from './plan-table.ts';
import { textPicture } from './text-picture.ts';

const transition = (from: number): MixTransition => ({
  ...{ from, to: from + 1, kind: 'beat-matched', technique: 'bass-swap', start: 40 * from + 40 },
  ...{ end: 40 * from + 50, bars: 8, bpm: 120, stretch: 1, glideBars: 8, bassSwap: null },
  ...{ phrases: { out: true, incoming: false }, score: 0.81, reason: '', alternatives: [] },
});
const mix = plannedMix(['a', 'b', 'c']);
const plan: MixPlan = {
  ...mix,
  transitions: [transition(0), { ...transition(1), technique: 'cut', bars: 0, start: 90 }],
};
/** As loud as the target to 26 s, then 100 dB softer. */
const tracks = plan.tracks.map(
  () =>
    ({
      analysis: {
        loudness: {
          integratedLufs: -14,
          curve: { hopSeconds: 1, hopLufs: Array.from({ length: 60 }, (_, i) => (i < 26 ? -14 : -114)) },
        },
      },
    }) as unknown as MixableTrack,
);

describe('planTable', () => {
  it('has a line for each track and each transition, and what was asked of it', () => {
    const lines = planTable(plan, [undefined, { technique: 'cut', outSeconds: 61.25 }]);
    expect(lines).toEqual([
      '#     from  track       key   BPM',
      '1     0:00  title of a  8A  120.0',
      '      0:40  -> 1: bass-swap, 8 bars, score 0.81',
      '2     0:40  title of b  8A  120.0',
      '      1:30  -> 2: cut, score 0.81  (asked for: cut, out 1:01.3)',
      '3     1:20  title of c  8A  120.0',
      '      2:10  end',
    ]);
  });

  it('shortens long titles', () => {
    const long = { ...plan, tracks: [{ ...plan.tracks[0]!, title: '🎵'.repeat(60) }], transitions: [] };
    const title = /🎵+\.\.\./u.exec(planTable(long, [])[1]!)![0];
    expect(Array.from(title)).toHaveLength(48);
  });

  it('says wishes in the words of commands', () => {
    expect(wishWords({ technique: 'fade', bars: 4, outSeconds: 59.96, inSeconds: 0 })).toBe(
      'fade, 4 bars, out 1:00.0, in 0:00.0',
    );
  });
});

describe('textPicture', () => {
  const lines = textPicture(plan, tracks, { columns: 3 + 65, unicode: true });

  it('has each track where it is heard, as high as it is loud', () => {
    expect(lines).toHaveLength(4);
    // 2 s a column: the first track to 50 s, loud in its first 25 s.
    expect(lines[1]).toMatch(/^1 {2}▇{12,13}▁{12,13}$/);
    expect(lines[2]!.slice(3)).toMatch(/^ {20}▇{12,13}▁{12,13}$/);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(68);
  });

  it('writes times where they are, and no block characters where there are none', () => {
    expect(lines[0]).toMatch(/^ {3}0:00 +0:26 +0:52 +1:18 +1:44$/);
    const plain = textPicture(plan, tracks, { columns: 68, unicode: false });
    expect(plain.join('')).toMatch(/^[ -~]*$/);
    expect(plain[1]).toMatch(/^1 {2}#{12,13}\.{12,13}$/);
  });

  it('shows a track that is shorter than a column', () => {
    const short = { ...plan, tracks: plan.tracks.with(1, { ...plan.tracks[1]!, end: 40.1 }) };
    expect(textPicture(short, tracks, { columns: 20, unicode: true })[2]!.trim()).toMatch(/^2 +\S$/);
  });
});
