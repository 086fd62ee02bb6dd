import { tempoStep } from '../../theory/tempo-step.ts';
import type { PreparedTrack } from '../mix-track.ts';

/** The most a track is stretched or squeezed to meet another's beats; beyond it voices and drums sound wrong. */
export const MAXIMUM_STRETCH = 0.08;

/** Why two tracks cannot be heard beat on beat at all; undefined when they may. */
export function whyNotMatched(out: PreparedTrack, incoming: PreparedTrack): string | undefined {
  for (const { grid, track } of [out, incoming]) if (grid === null) return `"${track.title}" has no beat to match`;
  const meters = [out.grid!.meter, incoming.grid!.meter] as const;
  if (meters[0] !== meters[1]) return `${meters[0]}/4 and ${meters[1]}/4 do not fit over each other`;
  const outBpm = out.heldBpm ?? out.track.analysis.tempo.bpm!;
  const inBpm = incoming.track.analysis.tempo.bpm!;
  const { ratio } = tempoStep(outBpm, inBpm);
  if (Math.abs(1 / ratio - 1) > MAXIMUM_STRETCH)
    return `${inBpm.toFixed(1)} BPM would be stretched by ${percent(1 / ratio - 1)} to meet ${outBpm.toFixed(1)} BPM; the most is ${100 * MAXIMUM_STRETCH} %`;
  return undefined;
}

function percent(share: number): string {
  return `${share < 0 ? '−' : '+'}${(100 * Math.abs(share)).toFixed(1)} %`;
}
