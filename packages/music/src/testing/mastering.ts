import { type Clip, Kernels } from '@tutti/dsp';
import { measureSource } from '../mastering/measure/measure-source.ts';
import type { MeasuredSong } from '../mastering/measure/measured-song.ts';
import { type PlanMasterOptions, planMaster } from '../mastering/plan/plan-master.ts';
import type { MasterPlan } from '../mastering/plan-schema.ts';
import { type GainChange, renderMaster } from '../mastering/render/render-master.ts';
import { MasterMeter } from '../mastering/verify/master-meter.ts';
import { compareWithPlan, type MasterResult } from '../mastering/verify/verify-master.ts';
import { clipSource } from '../sources/clip-source.ts';

const kernels = new Kernels();
const source = { path: '/music/song.wav', audioHash: 'ab12' };

/** Measures a clip. */
export function measured(clip: Clip): Promise<MeasuredSong> {
  return measureSource(clipSource(clip), kernels);
}

/** Plans a master of a clip. */
export async function planned(clip: Clip, options: Partial<PlanMasterOptions> = {}): Promise<MasterPlan> {
  return planMaster(await measured(clip), kernels, { source, ...options });
}

/** Renders a plan, and compares the master with it. */
export async function mastered(plan: MasterPlan, clip: Clip): Promise<{ master: Clip; result: MasterResult }> {
  const format = { sampleRate: plan.output.sampleRate, channels: plan.source.channels };
  const frames = Math.round((clip.channels[0]!.length * format.sampleRate) / clip.sampleRate);
  const channels = clip.channels.map(() => new Float32Array(frames));
  const mark = kernels.mark();
  const meter = new MasterMeter(kernels, format);
  const changes: GainChange[] = [];
  let at = 0;
  const onGainChange = (change: GainChange) => changes.push(change);
  for await (const block of renderMaster(plan, clipSource(clip), kernels, { onGainChange })) {
    meter.process(block);
    block.read(channels, at);
    at += block.frames;
  }
  const result = compareWithPlan(plan, meter.result(), changes);
  kernels.release(mark);
  return { master: { sampleRate: format.sampleRate, channels }, result };
}
