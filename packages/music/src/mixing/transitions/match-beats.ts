import type { Joint } from '../joint.ts';
import type { PreparedTrack } from '../mix-track.ts';
import { followedTempo } from '../tempo-follow.ts';
import { sourceSecondsAt, type TimePoint } from '../time-map.ts';
import { bassSwapAt } from './bass-swap-place.ts';
import { sweepOut } from './join-effects.ts';
import type { LaidTrack } from './laid-track.ts';
import { type Overlap, pairedPulses } from './overlap.ts';
import type { OverlapTechnique } from './technique.ts';

/** Share of a mashup in which each fader moves; between, both tracks play in full. */
const MASHUP_MOVES = 0.25;
/** Share of a blend over which the bass goes over from one track to the other. */
const BLENDED_BASS_SHARE = 0.5;

/** What is decided of two tracks that are heard together. */
export interface MatchedPair {
  readonly overlap: Overlap;
  readonly technique: OverlapTechnique;
  readonly keyShift: number;
}

/** Two tracks heard together, the incoming one's beats held to those of the outgoing one. */
export function matchBeats(
  out: LaidTrack,
  incoming: PreparedTrack,
  { overlap, technique, keyShift }: MatchedPair,
  rate: number,
): Joint {
  const pulses = pairedPulses(out, incoming, overlap);
  const lastBeat = overlap.inBeat + overlap.pulses / overlap.pulsesPerBeat[1];
  const { map, glideEndSource, glideBars } = followedTempo(incoming, { points: pulses, lastBeat }, rate);
  const { mix: start, source: cueIn } = pulses[0]!;
  const { mix: end, source: inEnd } = pulses.at(-1)!;
  const bassSwap = technique === 'mashup' ? null : bassSwapAt(out, incoming, overlap, pulses);
  return {
    kind: 'beat-matched',
    start,
    end,
    span: { start, end },
    cueOut: sourceSecondsAt(out.map, end),
    cueIn,
    map,
    inEnd,
    glideEnd: glideEndSource,
    keyShift,
    overlap,
    pulses,
    glideBars,
    bassSwap,
    ...(technique === 'blend' && (bassSwap === null ? quickBass(pulses) : blendedBass(start, end))),
    ...(technique === 'mashup' && { faderShare: MASHUP_MOVES }),
    ...(technique === 'filter-sweep' && sweptBass(pulses, overlap, bassSwap!)),
    because: '',
  };
}

/** A blend that is too short for a bass that goes over by and by changes it in its middle. */
function quickBass(pulses: readonly TimePoint[]): Pick<Joint, 'bassSwap'> {
  return { bassSwap: pulses[pulses.length >> 1]!.mix };
}

function blendedBass(start: number, end: number): Pick<Joint, 'bassSwap' | 'bassSeconds'> {
  const seconds = BLENDED_BASS_SHARE * (end - start);
  return { bassSwap: (start + end) / 2 + seconds / 2, bassSeconds: seconds };
}

/** A filter takes the outgoing track's bass away, not the mixer's low band. */
function sweptBass(
  pulses: readonly TimePoint[],
  { pulses: count, bars }: Overlap,
  swap: number,
): Pick<Joint, 'outEffects' | 'isBassFiltered'> {
  const bar = count / bars;
  const barSeconds = (pulses[bar]!.mix - pulses[0]!.mix) as number;
  return {
    outEffects: sweepOut({ start: pulses[0]!.mix, end: pulses.at(-1)!.mix, swap, barSeconds }),
    isBassFiltered: true,
  };
}
