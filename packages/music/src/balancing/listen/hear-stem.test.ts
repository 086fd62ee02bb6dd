import { describe, expect, it } from 'vitest';
import { measureSource } from '../../mastering/measure/measure-source.ts';
import { clipSource } from '../../sources/clip-source.ts';
import { SourceLog, sourceOf } from '../../testing/mix-rendering.ts';
import { hear, plainPlan, renderedBalance, stem, stemKernels } from '../../testing/stems.ts';
import { audibleStems } from '../plan/stem-levels.ts';
import { hearStem } from './hear-stem.ts';

/** A voice that swells and fades. */
function uneven() {
  const voice = stem('voice', { seconds: 9 });
  const swell = (time: number) => 0.5 * 10 ** (0.7 * Math.sin(2 * Math.PI * 0.35 * time));
  return {
    ...voice,
    channels: voice.channels.map((samples) => samples.map((value, i) => swell(i / 44_100) * value)),
  };
}

describe('hearStem', () => {
  it('decides what a stem needs alone, and foretells what that does to its loudness', async () => {
    const clip = uneven();
    const heard = await hear('vocals', clip);
    expect(heard.stages.map(({ kind }) => kind)).toContain('dynamics');
    const channels = await renderedBalance(
      plainPlan({ clip }, () => ({ stages: heard.stages })),
      { clip },
    );
    const { figures } = await measureSource(clipSource({ sampleRate: 44_100, channels }), stemKernels);
    const change = figures.integratedLufs! - heard.figures.integratedLufs!;
    expect(Math.abs(change)).toBeGreaterThan(0.3);
    expect(Math.abs(heard.change.integratedLu - change)).toBeLessThan(0.15);
    const loudest = figures.momentaryMaxLufs! - heard.figures.momentaryMaxLufs!;
    expect(Math.abs(heard.change.momentaryLu - loudest)).toBeLessThan(0.15);
    const [audible] = audibleStems([heard], 9);
    expect(Math.abs(audible!.integratedLufs - figures.integratedLufs!)).toBeLessThan(0.15);
    expect(Math.abs(audible!.levelLufs - (figures.integratedLufs! + figures.momentaryMaxLufs!) / 2)).toBeLessThan(0.15);
  });

  it('keeps the power of every third octave, whatever the blocks', async () => {
    const clip = stem('pad', { seconds: 2 });
    const heard = await hear('pad', clip);
    const { bandsHz, hops, values } = heard.powers;
    expect(hops).toBe(5);
    const mean = clip.channels[0]!.reduce((sum, value) => sum + value * value, 0) / clip.channels[0]!.length;
    // Left and right, but for what a frame sees of the silence before and behind.
    expect(values.reduce((a, b) => a + b, 0) / hops / (2 * mean)).toBeCloseTo(1, 1);
    const loudest = bandsHz[values.subarray(2 * bandsHz.length, 3 * bandsHz.length).indexOf(Math.max(...values))];
    expect(loudest === undefined || [200, 250, 315].includes(loudest)).toBe(true);
    const again = await hearStem(sourceOf(clip, undefined, 0, 77), stemKernels, { name: 'pad' });
    expect(again).toEqual(heard);
  });

  it('gives the memory back and closes the source, of silence and of what is no stem too', async () => {
    const mark = stemKernels.mark();
    const log = new SourceLog();
    const silence = { sampleRate: 44_100, channels: [new Float32Array(1000)] };
    const heard = await hearStem(sourceOf(silence, log, 0), stemKernels, { name: 'x' });
    expect(heard).toMatchObject({ sound: null, recognised: null, stages: [], frames: 1000 });
    const slow = { sampleRate: 4000, channels: [new Float32Array(1000)] };
    await expect(hearStem(sourceOf(slow, log, 1), stemKernels, { name: 'slow' })).rejects.toThrow(
      /slow has a sample rate/,
    );
    expect(log.closed).toEqual(expect.arrayContaining([0, 1]));
    expect(stemKernels.mark()).toBe(mark);
  });
});
