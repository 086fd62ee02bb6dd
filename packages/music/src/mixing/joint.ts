import type { TimePoint } from './time-map.ts';
import type { Overlap } from './transitions/overlap.ts';

/** How two tracks are joined, before any gain is drawn. Mix and source times in seconds. */
export interface Joint {
  readonly kind: 'beat-matched' | 'cut' | 'fade';
  readonly start: number;
  readonly end: number;
  /** Last moment of the outgoing track and first of the incoming one that is heard. */
  readonly cueOut: number;
  readonly cueIn: number;
  /** The incoming track's whole map. */
  readonly map: readonly TimePoint[];
  /** Where in the incoming track it is alone, and where it is back at its own tempo. */
  readonly inEnd: number;
  readonly glideEnd: number;
  /** Only for a beat-match. */
  readonly overlap?: Overlap;
  readonly pulses?: readonly TimePoint[];
  readonly glideBars?: number;
  /** Moment at which the bass changes hands; null when it does not. */
  readonly bassSwap: number | null;
  /** Why it is not a beat-match; empty when it is one. */
  readonly because: string;
}
