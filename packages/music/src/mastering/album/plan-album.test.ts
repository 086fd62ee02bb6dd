import { Kernels } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { mastered, measured } from '../../testing/mastering.ts';
import { mixdown } from '../../testing/mixdowns.ts';
import { balanceAgainst, balanceDistanceDb } from '../plan/balance.ts';
import { balanceOf } from '../reference/match-reference.ts';
import { planAlbum } from './plan-album.ts';

const kernels = new Kernels();
const clips = [
  mixdown({ seconds: 10, gain: 0.1 }),
  mixdown({ seconds: 10, gain: 0.3 }),
  mixdown({ seconds: 14, gain: 0.18, side: 0.5 }),
];

describe('planAlbum', () => {
  it('keeps the loudness relations, with the album at the target', async () => {
    const songs = await Promise.all(
      clips.map(async (clip) => ({ song: await measured(clip), source: { path: 'a', audioHash: 'a' } })),
    );
    const plans = planAlbum(songs, kernels);
    const reached = await Promise.all(
      plans.map(async (plan, i) => (await mastered(plan, clips[i]!)).result.after.integratedLufs!),
    );
    const offsets = reached.map((lufs, i) => lufs - songs[i]!.song.figures.integratedLufs!);
    for (const offset of offsets) expect(Math.abs(offset - offsets[0]!)).toBeLessThan(0.2);
    const power = reached.reduce((sum, lufs, i) => sum + clips[i]!.channels[0]!.length * 10 ** (lufs / 10), 0);
    const frames = clips.reduce((sum, { channels }) => sum + channels[0]!.length, 0);
    const missed = plans[0]!.warnings.some((words) => words.includes('softer than -14.0'));
    if (!missed) expect(10 * Math.log10(power / frames)).toBeCloseTo(-14, 0);
  });

  it('brings the tracks nearer to each other in sound', async () => {
    const dark = clips[0]!;
    const bright = {
      ...dark,
      channels: dark.channels.map((samples) => samples.map((value, i) => 0.5 * value + value - (samples[i - 1] ?? 0))),
    };
    const pair = [dark, bright];
    const songs = await Promise.all(
      pair.map(async (clip) => ({ song: await measured(clip), source: { path: 'a', audioHash: 'a' } })),
    );
    const plans = planAlbum(songs, kernels);
    const masters = await Promise.all(
      plans.map(async (plan, i) => (await measured((await mastered(plan, pair[i]!)).master)).figures),
    );
    const apart = (a: typeof masters) => balanceDistanceDb(balanceAgainst(a[0]!.bands, balanceOf(a[1]!)));
    expect(apart(masters)).toBeLessThan(0.9 * apart(songs.map(({ song }) => song.figures)));
  });

  it('takes silence among the songs, and refuses none at all', async () => {
    const silent = await measured({ sampleRate: 44_100, channels: [new Float32Array(44_100)] });
    const [plan] = planAlbum([{ song: silent, source: { path: 'a', audioHash: 'a' } }], kernels);
    expect(plan!.stages).toEqual([]);
    expect(() => planAlbum([], kernels)).toThrow(/at least one song/);
  });
});
