import type { Kernels } from '@tutti/dsp';
import type { TrackSource } from '../../sources/track-source.ts';
import type { MixPlan, MixTransition } from '../plan-schema.ts';
import { renderMix } from '../render-mix.ts';
import { excerptOf } from './excerpt.ts';
import { type OnsetOffset, onsetOffset } from './onset-offset.ts';

/**
 * How far the beats of two tracks lie apart in a transition, heard from a render of it.
 * Stages: each of the two rendered alone as the plan plays it, faders and all -> onsets -> the lag at which they agree best.
 * @param openTrack opens the source of `plan.tracks[index]`; it is closed again
 * @param kernels as `renderMix` needs them
 * @returns null for a transition that lays no beats over each other
 * @throws as `renderMix`
 */
export async function transitionOffset(
  plan: MixPlan,
  { kind, from, to, start, end }: MixTransition,
  openTrack: (index: number) => Promise<TrackSource>,
  kernels: Kernels,
  signal?: AbortSignal,
): Promise<OnsetOffset | null> {
  if (kind !== 'beat-matched') return null;
  const alone = async (index: number): Promise<Float32Array | null> => {
    const excerpt = excerptOf(plan, start, end, (each) => each === index);
    if (excerpt === null) return null;
    const mono = new Float32Array(Math.round(excerpt.plan.seconds * plan.sampleRate));
    const lead = Math.round(excerpt.leadSeconds * plan.sampleRate);
    const open = (part: number) => openTrack(excerpt.tracks[part]!);
    let at = 0;
    for await (const block of renderMix(excerpt.plan, open, kernels, { ...(signal && { signal }) })) {
      const left = block.channel(0);
      const right = block.channel(1);
      for (let i = 0; i < block.frames; i++) mono[at + i] = 0.5 * (left[i]! + right[i]!);
      at += block.frames;
    }
    return mono.subarray(lead);
  };
  const outgoing = await alone(from);
  const incoming = await alone(to);
  return outgoing && incoming && onsetOffset(outgoing, incoming, plan.sampleRate);
}
