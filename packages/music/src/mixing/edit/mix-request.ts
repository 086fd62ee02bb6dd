import type { MixableTrack } from '../mix-track.ts';
import { type MixOptions, planMix } from '../plan-mix.ts';
import type { MixPlan } from '../plan-schema.ts';
import type { JoinWish } from '../transitions/join-wish.ts';

/** What a person asks of a mix: which tracks in which order, and how they are to be joined. All else is planned. */
export interface MixRequest {
  /** At least one; the same one may come twice. */
  readonly tracks: readonly MixableTrack[];
  /** One for each transition; undefined where all is chosen. */
  readonly joins: readonly (JoinWish | undefined)[];
  readonly options: Omit<MixOptions, 'joins'>;
}

/** A request in which every join is chosen. */
export function freeRequest(tracks: readonly MixableTrack[], options: MixRequest['options']): MixRequest {
  return { tracks, joins: tracks.slice(1).map(() => undefined), options };
}

/** @throws MixingError 'invalid-option' when what is asked for cannot be met */
export function planRequest({ tracks, joins, options }: MixRequest): MixPlan {
  return planMix(tracks, { ...options, joins });
}
