import type { Joint } from '../joint.ts';
import type { PreparedTrack } from '../mix-track.ts';
import { followedTempo } from '../tempo-follow.ts';
import { sourceSecondsAt } from '../time-map.ts';
import { bassSwapAt } from './bass-swap-place.ts';
import type { LaidTrack } from './laid-track.ts';
import { type Overlap, pairedPulses } from './overlap.ts';

/** Two tracks heard together, the incoming one's beats held to those of the outgoing one. */
export function matchBeats(out: LaidTrack, incoming: PreparedTrack, overlap: Overlap, rate: number): Joint {
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
