import { tempoStep } from '../../theory/tempo-step.ts';
import type { BeatGrid } from '../beat-grid.ts';
import type { PreparedTrack } from '../mix-track.ts';
import type { TimePoint } from '../time-map.ts';
import type { JoinSearch } from './join-search.ts';
import { type LaidTrack, leavingBpm } from './laid-track.ts';
import { type Overlap, pairedPulses } from './overlap.ts';
import { type OverlapFacts, overlapFacts } from './overlap-facts.ts';
import { incomingPlaces, outgoingPlaces, type Place } from './overlap-places.ts';
import { barPulses, MAXIMUM_STRETCH } from './why-not-matched.ts';

/** A single beat of a track that drifts may go a little further. */
const MAXIMUM_BEAT_STRETCH = 0.12;
/** Of all places for a transition of some length, so many are looked at closely: those whose places alone cost least. */
const MOST_LOOKED_AT = 48;

/** A way of laying two tracks over each other, and what is known of it. */
export interface OverlapChoice {
  readonly overlap: Overlap;
  readonly outPlace: Place;
  readonly inPlace: Place;
  readonly facts: OverlapFacts;
  /** Whether every beat can be stretched as far as it has to be. */
  readonly isWithinStretch: () => boolean;
}

/**
 * Ways of laying two tracks over each other for a number of bars: bars of the outgoing track's end and bars of the incoming
 * one's beginning, those that keep to phrases, intro and outro and leave least unheard first.
 * @returns empty when they have no bars for it
 */
export function overlapChoices(
  out: LaidTrack,
  incoming: PreparedTrack,
  bars: number,
  search: JoinSearch,
): OverlapChoice[] {
  const { pulses: pulsesPerBeat } = tempoStep(leavingBpm(out)!, incoming.track.analysis.tempo.bpm!);
  const { bar, outBar, inBar } = barPulses(out.prepared.grid!, incoming.grid!, pulsesPerBeat);
  const pulses = bars * bar;
  // A slow track has a bar for every two of the fast one's.
  if (pulses % outBar !== 0 || pulses % inBar !== 0) return [];
  const outs = outgoingPlaces(out, incoming, pulses / pulsesPerBeat[0], pulsesPerBeat, search);
  const ins = incomingPlaces(out, incoming, pulses / pulsesPerBeat[1], pulsesPerBeat, search);
  return cheapestPairs(outs, ins).map(({ outPlace, inPlace }) => {
    const overlap: Overlap = { bars, pulses, pulsesPerBeat, outBeat: outPlace.beat, inBeat: inPlace.beat };
    let isWithin: boolean | undefined;
    return {
      overlap,
      outPlace,
      inPlace,
      facts: overlapFacts(out.prepared, incoming, overlap),
      isWithinStretch: () => {
        isWithin ??= stretchWithinBounds(pairedPulses(out, incoming, overlap), overlap, incoming.grid!);
        return isWithin;
      },
    };
  });
}

interface PlacePair {
  readonly outPlace: Place;
  readonly inPlace: Place;
  readonly points: number;
}

/** The pairs that cost least, in that order; of equals, in the order of the places. */
function cheapestPairs(outs: readonly Place[], ins: readonly Place[]): PlacePair[] {
  const points = ({ unheard, phrase, beside }: Place) => unheard + phrase + beside;
  const inPoints = ins.map(points);
  const found: PlacePair[] = [];
  for (const outPlace of outs) {
    const outPoints = points(outPlace);
    for (const [i, inPlace] of ins.entries()) {
      const both = outPoints + inPoints[i]!;
      if (found.length === MOST_LOOKED_AT && both >= found.at(-1)!.points) continue;
      const place = found.findLastIndex((other) => other.points <= both) + 1;
      found.splice(place, 0, { outPlace, inPlace, points: both });
      if (found.length > MOST_LOOKED_AT) found.pop();
    }
  }
  return found;
}

function stretchWithinBounds(points: readonly TimePoint[], { pulses }: Overlap, { meter }: BeatGrid): boolean {
  const speed = (from: number, to: number) =>
    (points[to]!.source - points[from]!.source) / (points[to]!.mix - points[from]!.mix);
  for (let pulse = 0; pulse < pulses; pulse++) {
    if (Math.abs(speed(pulse, pulse + 1) - 1) > MAXIMUM_BEAT_STRETCH) return false;
    if (pulse % meter === 0 && Math.abs(speed(pulse, pulse + meter) - 1) > MAXIMUM_STRETCH) return false;
  }
  return true;
}
