import type { PreparedTrack } from '../mix-track.ts';
import { FEWEST_SWAP_BARS } from './bass-swap-place.ts';
import { bestOverlaps } from './best-overlaps.ts';
import { cutOption } from './cut.ts';
import { fadeOption } from './fade.ts';
import type { JoinOption } from './join-option.ts';
import { TWO_BASSES_POINTS } from './join-points.data.ts';
import type { JoinSearch } from './join-search.ts';
import type { LaidTrack } from './laid-track.ts';
import { matchBeats } from './match-beats.ts';
import { whyNotMatched } from './why-not-matched.ts';

/** All ways of joining two tracks that they allow, fewest points first; of equals, in the order of this list. */
export function joinOptions(out: LaidTrack, incoming: PreparedTrack, rate: number, search: JoinSearch): JoinOption[] {
  const whyNot = whyNotMatched(out.prepared, incoming);
  const overlaps = whyNot === undefined ? bestOverlaps(out, incoming, search) : [];
  const matched = overlaps.map((overlap): JoinOption => {
    const swaps = overlap.bars >= FEWEST_SWAP_BARS;
    return {
      technique: swaps ? 'bass-swap' : 'blend',
      bars: overlap.bars,
      points: overlap.points + (swaps ? 0 : TWO_BASSES_POINTS),
      joint: () => matchBeats(out, incoming, overlap, rate),
    };
  });
  const why =
    whyNot ??
    (matched.length > 0
      ? ''
      : 'no bars of the two can be laid over each other within what each may give to a transition');
  const bothHaveBeats = out.prepared.grid !== null && incoming.grid !== null;
  const others = [
    bothHaveBeats ? cutOption(out, incoming, rate, why, search) : undefined,
    fadeOption(out, incoming, rate, why, search),
  ].flatMap((option) => option ?? []);
  return [...matched, ...others].sort((a, b) => a.points - b.points);
}
