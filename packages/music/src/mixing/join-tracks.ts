import { cutOnDownbeat } from './cut.ts';
import { fade } from './fade.ts';
import type { Joint } from './joint.ts';
import type { PreparedTrack } from './mix-track.ts';
import {
  chooseOverlap,
  FEWEST_SWAP_BARS,
  type LaidTrack,
  type Overlap,
  pairedPulses,
  whyNotMatched,
} from './overlap.ts';
import { followedTempo } from './tempo-follow.ts';
import { sourceSecondsAt, type TimePoint } from './time-map.ts';

/** Joins a track to the one before it: on the beat when the two allow it, else by a cut on the downbeat or a fade. */
export function joinTracks(out: LaidTrack, incoming: PreparedTrack, rate: number): Joint {
  const because = whyNotMatched(out.prepared, incoming);
  if (because === undefined) {
    const overlap = chooseOverlap(out, incoming);
    if (overlap) return beatMatch(out, incoming, overlap, rate);
  }
  const why = because ?? 'no bars of the two can be laid over each other within what each may give to a transition';
  if (out.prepared.grid !== null && incoming.grid !== null) {
    const cut = cutOnDownbeat(out, incoming, rate, why);
    if (cut) return cut;
  }
  return fade(out, incoming, rate, why);
}

function beatMatch(out: LaidTrack, incoming: PreparedTrack, overlap: Overlap, rate: number): Joint {
  const pulses = pairedPulses(out, incoming, overlap);
  const lastBeat = overlap.inBeat + overlap.pulses / overlap.pulsesPerBeat[1];
  const { map, glideEndSource, glideBars } = followedTempo(incoming, { points: pulses, lastBeat }, rate);
  const { mix: start, source: cueIn } = pulses[0]!;
  const { mix: end, source: inEnd } = pulses.at(-1)!;
  return {
    kind: 'beat-matched',
    start,
    end,
    cueOut: sourceSecondsAt(out.map, end),
    cueIn,
    map,
    inEnd,
    glideEnd: glideEndSource,
    overlap,
    pulses,
    glideBars,
    bassSwap: bassSwapAt(out, incoming, overlap, pulses),
    because: '',
  };
}

/** The bass changes hands at a phrase of either track in the middle half of the transition, else in its middle. */
function bassSwapAt(
  out: LaidTrack,
  incoming: PreparedTrack,
  { bars, pulses, outBeat, inBeat, pulsesPerBeat }: Overlap,
  points: readonly TimePoint[],
): number | null {
  if (bars < FEWEST_SWAP_BARS) return null;
  const middle = pulses / 2;
  const borders = [
    ...incoming.grid!.phraseStarts.map((beat) => (beat - inBeat) * pulsesPerBeat[1]),
    ...out.prepared.grid!.phraseStarts.map((beat) => (beat - outBeat) * pulsesPerBeat[0]),
  ].filter((pulse) => Math.abs(pulse - middle) <= pulses / 4);
  const nearest = borders.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
  return points[nearest ?? middle]!.mix;
}
