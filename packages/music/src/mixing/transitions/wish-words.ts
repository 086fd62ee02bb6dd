import { clock } from '../../plans/reason-words.ts';
import type { PreparedTrack } from '../mix-track.ts';
import { wishedBeat } from './join-search.ts';
import type { JoinWish } from './join-wish.ts';

/** Nearer than this a moment is as it was asked for. */
const SAME_SECONDS = 0.005;

/** That a join is as asked for, and where its places were moved to the beats of the tracks. */
export function wishWords(out: PreparedTrack, incoming: PreparedTrack, wish: JoinWish): string[] {
  const isAsked = Object.values(wish).some((value) => value !== undefined);
  if (!isAsked) return [];
  const moved = (prepared: PreparedTrack, seconds: number | undefined, what: string) => {
    const beat = wishedBeat(prepared, seconds);
    if (beat === undefined || seconds === undefined) return [];
    const time = prepared.grid!.beats[beat]!;
    return Math.abs(time - seconds) < SAME_SECONDS
      ? []
      : [`${what} ${clock(seconds)} was moved to the nearest beat, ${clock(time)}`];
  };
  return [
    'as asked for',
    ...moved(out, wish.outSeconds, 'the outgoing track at'),
    ...moved(incoming, wish.inSeconds, 'the incoming track at'),
  ];
}
