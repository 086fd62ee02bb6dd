import { tempoStep } from '../../theory/tempo-step.ts';
import type { BeatGrid } from '../beat-grid.ts';
import type { PreparedTrack } from '../mix-track.ts';
import { type LaidTrack, leavingBpm } from './laid-track.ts';

/** The most a track is stretched or squeezed to meet another's beats; beyond it voices and drums sound wrong. */
export const MAXIMUM_STRETCH = 0.08;

/** Shared pulses of a bar of each track, and of the bars that a transition is counted in: the faster track's, or the longer. */
export interface BarPulses {
  readonly outBar: number;
  readonly inBar: number;
  readonly bar: number;
}

export function barPulses(
  out: BeatGrid,
  incoming: BeatGrid,
  [outPulses, inPulses]: readonly [1 | 2, 1 | 2],
): BarPulses {
  const outBar = out.meter * outPulses;
  const inBar = incoming.meter * inPulses;
  const bar = outPulses === inPulses ? Math.max(outBar, inBar) : outPulses < inPulses ? outBar : inBar;
  return { outBar, inBar, bar };
}

/** Why two tracks cannot be heard beat on beat at all; undefined when they may. */
export function whyNotMatched(laid: LaidTrack, incoming: PreparedTrack): string | undefined {
  const out = laid.prepared;
  for (const { grid, track } of [out, incoming]) if (grid === null) return `"${track.title}" has no beat to match`;
  const outBpm = leavingBpm(laid)!;
  const inBpm = incoming.track.analysis.tempo.bpm!;
  const { ratio, pulses } = tempoStep(outBpm, inBpm);
  const { outBar, inBar } = barPulses(out.grid!, incoming.grid!, pulses);
  // Two bars of two lie over one of four; bars of three over none of four.
  if (Math.max(outBar, inBar) % Math.min(outBar, inBar) !== 0 || out.grid!.meter % 2 !== incoming.grid!.meter % 2)
    return `${out.grid!.meter}/4 and ${incoming.grid!.meter}/4 do not fit over each other`;
  if (Math.abs(1 / ratio - 1) > MAXIMUM_STRETCH)
    return `${inBpm.toFixed(1)} BPM would be stretched by ${percent(1 / ratio - 1)} to meet ${outBpm.toFixed(1)} BPM; the most is ${100 * MAXIMUM_STRETCH} %`;
  return undefined;
}

function percent(share: number): string {
  return `${share < 0 ? '−' : '+'}${(100 * Math.abs(share)).toFixed(1)} %`;
}
