import { Kernels } from '@tutti/dsp';
import { openAudio } from '@tutti/media';
import { joinLoudness, type MixPlan, type ShortTermCurve, transitionOffset } from '@tutti/music/mixing';
import type { MeasuredTransition } from '../mix-report/report-data.ts';

/**
 * Measures each transition of a mix: how far the beats of both tracks lie apart, on a render of each track alone as the plan
 * plays it, and how even the loudness stays, on the mix itself.
 * @param shortTerm of the whole mix, as it was rendered
 * @param onProgress share of the transitions that were measured, 0 to 1
 * @throws as `renderMix`; the signal's reason
 */
export async function measureTransitions(
  plan: MixPlan,
  shortTerm: ShortTermCurve,
  signal?: AbortSignal,
  onProgress?: (share: number) => void,
): Promise<MeasuredTransition[]> {
  const kernels = new Kernels();
  const open = (index: number) => openAudio(plan.tracks[index]!.path, { signal });
  const measured: MeasuredTransition[] = [];
  for (const transition of plan.transitions) {
    const { start, end } = transition;
    measured.push({
      offset: await transitionOffset(plan, transition, open, kernels, signal),
      loudness: joinLoudness(shortTerm, start, end),
    });
    onProgress?.(measured.length / plan.transitions.length);
  }
  return measured;
}
