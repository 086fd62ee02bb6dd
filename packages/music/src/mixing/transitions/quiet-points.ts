import type { LocalLoudness } from '../local-loudness.ts';
import type { PreparedTrack } from '../mix-track.ts';
import { FEWEST_SWAP_BARS } from './bass-swap-place.ts';
import { QUIET_CUT_POINTS, QUIET_POINTS } from './join-points.data.ts';
import { type Overlap, pulseSeconds } from './overlap.ts';

/** This much below its usual loudness a passage is not yet quiet. */
const QUIET_LU = 3;

/** Points for passages where the crossfade is quieter than the tracks usually are: a fade-out is no ground to mix on. */
export function quietPoints(out: PreparedTrack, incoming: PreparedTrack, overlap: Overlap): number {
  if (out.loudness === null || incoming.loudness === null) return 0;
  const SAMPLES = 8;
  const swaps = overlap.bars >= FEWEST_SWAP_BARS;
  let sum = 0;
  for (let i = 0; i < SAMPLES; i++) {
    const done = (i + 0.5) / SAMPLES;
    const pulse = Math.round(done * overlap.pulses);
    const outTime = pulseSeconds(out.grid!, overlap.outBeat, overlap.pulsesPerBeat[0], pulse);
    const inTime = pulseSeconds(incoming.grid!, overlap.inBeat, overlap.pulsesPerBeat[1], pulse);
    const outPower = relativePower(out.loudness, outTime, swaps && done > 0.5);
    const inPower = relativePower(incoming.loudness, inTime, swaps && done < 0.5);
    const relativeLu = 10 * Math.log10(Math.max(1e-9, (1 - done) * outPower + done * inPower));
    sum += Math.max(0, -QUIET_LU - relativeLu);
  }
  return (QUIET_POINTS * sum) / SAMPLES;
}

/** Power around a moment over the track's usual power; less what its bass has when that is taken away. */
function relativePower(loudness: LocalLoudness, time: number, withoutBass: boolean): number {
  const power = 10 ** ((loudness.at(time) - loudness.integratedLufs) / 10);
  return withoutBass ? power * (1 - loudness.lowShareAt(time)) : power;
}

/** Points for changing tracks at a moment at which one is quieter than usual. */
export function quietMomentPoints({ loudness }: PreparedTrack, time: number): number {
  if (loudness === null) return 0;
  return QUIET_CUT_POINTS * Math.max(0, loudness.integratedLufs - QUIET_LU - loudness.at(time));
}
