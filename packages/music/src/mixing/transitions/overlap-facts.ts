import type { LocalLoudness } from '../local-loudness.ts';
import type { PreparedTrack } from '../mix-track.ts';
import { type Overlap, pulseSeconds } from './overlap.ts';
import { singingAt } from './pair-facts.ts';
import { QUIET_LU } from './quiet-points.ts';

/** Moments that an overlap is looked at. */
const SAMPLES = 8;
/** Share of bass in the loudness from which on a track has a bass line: what is usual. */
const FULL_LOW_SHARE = 0.25;
/** This much below its usual loudness a track still plays in full. */
const FULL_LU = 3;

/** What sounds while two tracks play together. Each value is a mean over the overlap, 0 to 1 unless said. */
export interface OverlapFacts {
  /** LU by which the sum of both, cross-faded and with one bass, is quieter than the tracks usually are, beyond 3. */
  readonly quietLu: number;
  /** The same where both play in full throughout. */
  readonly quietBothLu: number;
  /** Both sing. */
  readonly voices: number;
  /** Both play in full. */
  readonly density: number;
  /** Both have a bass line. */
  readonly basses: number;
  /** How much more bass one of them has than the other. */
  readonly contrast: number;
}

export function overlapFacts(out: PreparedTrack, incoming: PreparedTrack, overlap: Overlap): OverlapFacts {
  const sums = { quietLu: 0, quietBothLu: 0, voices: 0, density: 0, basses: 0, outBass: 0, inBass: 0 };
  let weights = 0;
  const hasCurves = [out, incoming].every(({ track }) => track.analysis.loudness.curve !== undefined);
  for (let i = 0; i < SAMPLES; i++) {
    const done = (i + 0.5) / SAMPLES;
    const pulse = Math.round(done * overlap.pulses);
    const outTime = pulseSeconds(out.grid!, overlap.outBeat, overlap.pulsesPerBeat[0], pulse);
    const inTime = pulseSeconds(incoming.grid!, overlap.inBeat, overlap.pulsesPerBeat[1], pulse);
    // In the middle of a crossfade both are heard, at its ends one is.
    const together = 4 * done * (1 - done);
    weights += together;
    sums.voices += together * singingAt(out, outTime) * singingAt(incoming, inTime);
    if (out.loudness === null || incoming.loudness === null) continue;
    const outPower = relativePower(out.loudness, outTime);
    const inPower = relativePower(incoming.loudness, inTime);
    const outLow = out.loudness.lowShareAt(outTime);
    const inLow = incoming.loudness.lowShareAt(inTime);
    const faded = (1 - done) * outPower * (done > 0.5 ? 1 - outLow : 1) + done * inPower * (done < 0.5 ? 1 - inLow : 1);
    sums.quietLu += quietness(faded);
    sums.quietBothLu += quietness(Math.max(outPower, inPower));
    const outBass = Math.min(1, (outPower * outLow) / FULL_LOW_SHARE);
    const inBass = Math.min(1, (inPower * inLow) / FULL_LOW_SHARE);
    sums.outBass += outBass;
    sums.inBass += inBass;
    sums.basses += together * outBass * inBass;
    sums.density += together * Math.min(1, Math.min(outPower, inPower) * 10 ** (FULL_LU / 10)) * (hasCurves ? 1 : 0);
  }
  return {
    quietLu: sums.quietLu / SAMPLES,
    quietBothLu: sums.quietBothLu / SAMPLES,
    voices: sums.voices / weights,
    density: sums.density / weights,
    basses: sums.basses / weights,
    contrast: Math.abs(sums.outBass - sums.inBass) / SAMPLES,
  };
}

function quietness(power: number): number {
  return Math.max(0, -QUIET_LU - 10 * Math.log10(Math.max(1e-9, power)));
}

/** Power around a moment over the track's usual power. */
function relativePower(loudness: LocalLoudness, time: number): number {
  return 10 ** ((loudness.at(time) - loudness.integratedLufs) / 10);
}
