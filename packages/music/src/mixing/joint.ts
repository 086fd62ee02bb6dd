import type { MixEffect } from './effects/effect-schema.ts';
import type { TimePoint } from './time-map.ts';
import type { Overlap } from './transitions/overlap.ts';

/** How two tracks are joined, before any gain is drawn. Mix and source times in seconds. */
export interface Joint {
  readonly kind: 'beat-matched' | 'cut' | 'fade';
  /** Between these the faders move. */
  readonly start: number;
  readonly end: number;
  /** What is heard as the transition: an effect before it and a tail after it belong to it. */
  readonly span: { readonly start: number; readonly end: number };
  /** Last moment of the outgoing track and first of the incoming one that is heard. */
  readonly cueOut: number;
  readonly cueIn: number;
  /** The incoming track's whole map. */
  readonly map: readonly TimePoint[];
  /** Where in the incoming track it is alone, and where it is back at its own tempo. */
  readonly inEnd: number;
  readonly glideEnd: number;
  /** Semitones by which the incoming track is shifted. */
  readonly keyShift: number;
  /** Only for a beat-match. */
  readonly overlap?: Overlap;
  readonly pulses?: readonly TimePoint[];
  readonly glideBars?: number;
  /** Moment at which the bass changes hands; null when it does not. */
  readonly bassSwap: number | null;
  /** How long it takes to change hands before that, where it is not the usual time. */
  readonly bassSeconds?: number;
  /** Whether the outgoing track's bass goes by a filter, not by the mixer's low band. */
  readonly isBassFiltered?: boolean;
  /** Share of the transition in which each fader moves, the incoming one at its beginning, the other at its end; 1 unless told. */
  readonly faderShare?: number;
  /** What is done to the outgoing track. */
  readonly outEffects?: readonly MixEffect[];
  /** Why it is not a beat-match; empty when it is one. */
  readonly because: string;
}
