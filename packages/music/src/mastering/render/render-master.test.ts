import { type Clip, clipFrames, Kernels, SampleBlock, TruePeakMeter } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { clipSource } from '../../sources/clip-source.ts';
import type { TrackSource } from '../../sources/track-source.ts';
import { masterPlan } from '../../testing/master-plan.ts';
import { sourceOf } from '../../testing/mix-rendering.ts';
import { mixdown } from '../../testing/mixdowns.ts';
import type { MasterPlan } from '../plan-schema.ts';
import type { MasterStage } from '../stage-schemas.ts';
import { type RenderMasterOptions, renderMaster } from './render-master.ts';

const kernels = new Kernels();

const every = masterPlan().stages;

function planFor(clip: Clip, changes: Partial<MasterPlan> = {}): MasterPlan {
  const plan = masterPlan();
  const { sampleRate, channels } = clip;
  const source = {
    ...plan.source,
    sampleRate,
    channels: channels.length as 1 | 2,
    seconds: clipFrames(clip) / sampleRate,
  };
  return { ...plan, source, stages: every, output: { ...plan.output, sampleRate }, ...changes };
}

async function render(
  plan: MasterPlan,
  source: TrackSource,
  options: RenderMasterOptions = {},
): Promise<Float32Array[]> {
  const out: number[][] = Array.from({ length: plan.source.channels }, () => []);
  for await (const block of renderMaster(plan, source, kernels, options)) {
    out.forEach((samples, channel) => {
      for (const value of block.channel(channel).subarray(0, block.frames)) samples.push(value);
    });
  }
  return out.map((samples) => Float32Array.from(samples));
}

describe('renderMaster', () => {
  const clip = mixdown({ seconds: 2.5 });

  it('returns the input bit by bit when there are no stages', async () => {
    expect(await render(planFor(clip, { stages: [] }), clipSource(clip))).toEqual(clip.channels);
  });

  it('takes the delay of every stage out, to the frame', async () => {
    // A limiter that has nothing to limit is a delay alone.
    const stages: MasterStage[] = [
      { kind: 'limiter', ceilingDb: 0, lookaheadSeconds: 0.02, releaseSeconds: 0.1, reason: '' },
    ];
    const soft = mixdown({ seconds: 1, gain: 0.2 });
    expect(await render(planFor(soft, { stages }), clipSource(soft))).toEqual(soft.channels);
    const tiny: Clip = { sampleRate: 44_100, channels: [Float32Array.of(0.5)] };
    expect(await render(planFor(tiny, { stages }), clipSource(tiny))).toEqual(tiny.channels);
  });

  it('gives the same samples whatever the blocks, and twice', async () => {
    const plan = planFor(clip, { stages: every });
    const whole = await render(plan, clipSource(clip));
    expect(whole[0]!.length).toBe(clipFrames(clip));
    expect(await render(plan, sourceOf(clip, undefined, 0, 3001), { blockFrames: 128 })).toEqual(whole);
    expect(await render(plan, sourceOf(clip, undefined, 0, 100), { blockFrames: 2 ** 20 })).toEqual(whole);
  });

  it.each([8000, 22_050, 48_000, 192_000])('renders to %i Hz, never over the ceiling', async (sampleRate) => {
    const loud = mixdown({ seconds: 1.5, gain: 3 });
    const stages = every.filter(({ kind }) => kind === 'gain' || kind === 'limiter');
    const plan = planFor(loud, { stages, output: { sampleRate, sampleFormat: 'int24', dither: 'none' } });
    const out = await render(plan, clipSource(loud));
    expect(out[0]!.length).toBe(Math.round(1.5 * sampleRate));
    const mark = kernels.mark();
    const meter = new TruePeakMeter(kernels, { sampleRate, channels: 2 });
    const block = new SampleBlock(kernels, 2, out[0]!.length);
    block.write(out, 0, out[0]!.length);
    meter.process(block);
    expect(meter.result().peakDb).toBeLessThanOrEqual(-1);
    expect(meter.result().peakDb).toBeGreaterThan(-1.3);
    kernels.release(mark);
  });

  it('refuses what the plan is not for, and closes the source', async () => {
    const plan = planFor(clip);
    const shorter = { ...clip, channels: clip.channels.map((samples) => samples.subarray(0, 44_100)) };
    await expect(render(plan, clipSource(shorter))).rejects.toThrow(/lasts 1.00 s; the plan is for 2.50 s/);
    const mono = mixdown({ seconds: 2.5, mono: true });
    await expect(render(plan, clipSource(mono))).rejects.toThrow(/has 1 channels at 44100 Hz; the plan is for 2/);
    await expect(render(plan, clipSource(clip), { blockFrames: 0 })).rejects.toThrow(/blockFrames is 0/);
    let closed = false;
    const close = async () => {
      closed = true;
    };
    const broken = { ...plan, stages: [{ kind: 'gain', gainDb: 99, reason: '' }] } as const;
    await expect(render(broken, { ...clipSource(clip), close })).rejects.toThrow(/gainDb is 99/);
    expect(closed).toBe(true);
  });

  it('stops when it is told to, and says how far it is', async () => {
    const seen: number[] = [];
    await render(planFor(clip), clipSource(clip), { onProgress: ({ seconds }) => seen.push(seconds) });
    expect(seen.at(-1)).toBe(2.5);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(render(planFor(clip), clipSource(clip), { signal })).rejects.toThrow(/enough/);
  });
});
