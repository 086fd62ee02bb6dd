import { Kernels } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { clipSource } from '../../sources/clip-source.ts';
import { mastered, measured, planned } from '../../testing/mastering.ts';
import { mixdown } from '../../testing/mixdowns.ts';
import { choosePreview } from './choose-preview.ts';
import { clipLoudness } from './clip-loudness.ts';
import { renderPreview } from './render-preview.ts';

const kernels = new Kernels();

describe('choosePreview', () => {
  const rate = 8000;
  /** A minute and a half, soft but for 25 s from 50 s on. */
  const song = mixdown({ seconds: 90, sampleRate: rate, mono: true });
  const samples = song.channels[0]!.map((value, i) => (i > 50 * rate && i < 75 * rate ? value : 0.2 * value));

  it('has the loudest part, and what leads up to it', async () => {
    const span = choosePreview(await measured({ sampleRate: rate, channels: [samples] }));
    expect(span.endSeconds - span.startSeconds).toBe(30);
    expect(Math.abs(span.startSeconds - 42)).toBeLessThan(4);
    expect(span.reason).toMatch(/the loudest of the song, -\d+.\d LUFS/);
  });

  it('begins where a known section does', async () => {
    const sections = [
      { start: 0, end: 49.5, energy: 0.3 },
      { start: 49.5, end: 75.2, energy: 1 },
      { start: 75.2, end: 90, energy: 0.3 },
    ];
    const span = choosePreview(await measured({ sampleRate: rate, channels: [samples] }), sections);
    expect(span.startSeconds).toBeCloseTo(41.5, 6);
    expect(span.reason).toMatch(/section from 0:49.5 to 1:15.2 is the loudest/);
  });

  it('is the whole of a short song', async () => {
    const short = await measured(mixdown({ seconds: 5, sampleRate: rate }));
    expect(choosePreview(short)).toMatchObject({ startSeconds: 0, endSeconds: 5 });
  });
});

describe('renderPreview', () => {
  it('is bit by bit what the master is there, with the mixdown as loud beside it', async () => {
    const clip = mixdown({ seconds: 12, gain: 0.1, verse: 0.3 });
    const plan = await planned(clip);
    const { master } = await mastered(plan, clip);
    const span = { startSeconds: 3.3, endSeconds: 9.7 };
    const { before, after, matchDb } = await renderPreview(plan, async () => clipSource(clip), kernels, span);
    const part = (samples: Float32Array) => samples.subarray(Math.round(3.3 * 44_100), Math.round(9.7 * 44_100));
    expect(after.channels).toEqual(master.channels.map(part));
    expect(before.channels).toEqual(clip.channels.map(part));
    expect(Math.max(matchDb.before, matchDb.after)).toBe(0);
    const levels = [clipLoudness(kernels, before)! + matchDb.before, clipLoudness(kernels, after)! + matchDb.after];
    expect(levels[0]).toBeCloseTo(levels[1]!, 6);
  });

  it('refuses a part outside the song', async () => {
    const clip = mixdown({ seconds: 2 });
    const plan = await planned(clip);
    const span = { startSeconds: 1, endSeconds: 5 };
    await expect(renderPreview(plan, async () => clipSource(clip), kernels, span)).rejects.toThrow(/lasts 2.00 s/);
  });
});
