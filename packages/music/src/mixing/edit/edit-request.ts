import type { MixableTrack } from '../mix-track.ts';
import { MixingError } from '../mixing-error.ts';
import type { JoinWish } from '../transitions/join-wish.ts';
import type { MixRequest } from './mix-request.ts';

/** One step of editing a mix. Tracks and joins are counted from 0; join i is the one after track i. */
export type MixEdit =
  /** To the place `to` of the order that comes out. */
  | { readonly kind: 'move'; readonly from: number; readonly to: number }
  | { readonly kind: 'replace'; readonly index: number; readonly track: MixableTrack }
  | { readonly kind: 'remove'; readonly index: number }
  /** Before the track that is at `index`; at the end where that is the number of tracks. */
  | { readonly kind: 'add'; readonly index: number; readonly track: MixableTrack }
  /** What is named is asked for beside what was asked for before. */
  | { readonly kind: 'wish'; readonly join: number; readonly wish: JoinWish }
  /** This and nothing else is asked of the join; nothing at all where it is undefined. */
  | { readonly kind: 'ask'; readonly join: number; readonly wish: JoinWish | undefined };

export interface EditedRequest {
  readonly request: MixRequest;
  /** Joins of the request before that something was asked of and that are no more: their two tracks are not neighbours now. */
  readonly dropped: readonly number[];
}

/**
 * The request that an edit makes of another one. What was asked of a join stays with its two tracks.
 * @throws MixingError 'invalid-option' when the edit names a track or a join that is not there
 */
export function editRequest(request: MixRequest, edit: MixEdit): EditedRequest {
  const { tracks, joins } = request;
  const places: (number | MixableTrack)[] = tracks.map((_, index) => index);
  const place = (index: number, count = tracks.length, what = 'track') => {
    if (!(Number.isInteger(index) && index >= 0 && index < count))
      throw new MixingError('invalid-option', `there is no ${what} ${index}; there are ${count}`);
    return index;
  };
  switch (edit.kind) {
    case 'move': {
      const [moved] = places.splice(place(edit.from), 1);
      places.splice(place(edit.to), 0, moved!);
      return arranged(request, places);
    }
    case 'replace':
      return arranged(request, places.with(place(edit.index), edit.track));
    case 'remove':
      if (tracks.length === 1) throw new MixingError('invalid-option', 'the last track cannot be removed');
      return arranged(request, places.toSpliced(place(edit.index), 1));
    case 'add':
      return arranged(request, places.toSpliced(place(edit.index, tracks.length + 1, 'place'), 0, edit.track));
    case 'wish': {
      const before = joins[place(edit.join, joins.length, 'join')];
      return { request: { ...request, joins: joins.with(edit.join, { ...before, ...edit.wish }) }, dropped: [] };
    }
    case 'ask': {
      const join = place(edit.join, joins.length, 'join');
      return { request: { ...request, joins: joins.with(join, edit.wish) }, dropped: [] };
    }
  }
}

/** The tracks of a request, by their place in it, and new ones, in another order. */
function arranged(request: MixRequest, order: readonly (number | MixableTrack)[]): EditedRequest {
  const { tracks, joins } = request;
  const kept = order.slice(1).map((place, index) => {
    const before = order[index];
    return typeof before === 'number' && place === before + 1 ? before : undefined;
  });
  return {
    request: {
      ...request,
      tracks: order.map((place) => (typeof place === 'number' ? tracks[place]! : place)),
      joins: kept.map((join) => (join === undefined ? undefined : joins[join])),
    },
    dropped: joins.flatMap((wish, join) => (wish !== undefined && !kept.includes(join) ? [join] : [])),
  };
}
