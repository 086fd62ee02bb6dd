import type { PreparedTrack } from '../mix-track.ts';
import { fadeOptions } from './fade-options.ts';
import { handoverOptions } from './handover-options.ts';
import type { JoinOption } from './join-option.ts';
import type { JoinSearch } from './join-search.ts';
import type { LaidTrack } from './laid-track.ts';
import { overlapOptions } from './overlap-options.ts';
import { whyNotMatched } from './why-not-matched.ts';

const NO_BARS = 'no bars of the two can be laid over each other within what each may give to a transition';

/** All ways of joining two tracks that they allow, fewest points first; of equals, in the order of this list. */
export function joinOptions(
  out: LaidTrack,
  incoming: PreparedTrack,
  rate: number,
  search: JoinSearch,
): readonly JoinOption[] {
  const whyNot = whyNotMatched(out, incoming);
  const overlaps = whyNot === undefined ? overlapOptions(out, incoming, rate, search) : [];
  const why = whyNot ?? (overlaps.length > 0 ? '' : NO_BARS);
  const bothHaveBeats = out.prepared.grid !== null && incoming.grid !== null;
  const handovers = bothHaveBeats ? handoverOptions(out, incoming, rate, why, search) : [];
  const fades = fadeOptions(out, incoming, rate, why, search);
  return [...overlaps, ...handovers, ...fades].sort((a, b) => a.points - b.points);
}
