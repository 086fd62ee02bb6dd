import type { Colour } from '../collection/dj-collection.ts';

/** A cue point. Positions are seconds, kept to the millisecond. */
export interface SeratoCue {
  /** Its pad, from 0. */
  readonly index: number;
  readonly seconds: number;
  readonly colour: Colour;
  readonly name: string;
}

/** A saved loop. */
export interface SeratoLoop extends SeratoCue {
  readonly endSeconds: number;
  readonly locked: boolean;
}

/** An entry of a kind that is not known here, flips of a performance among them, kept as it is. */
export interface SeratoEntry {
  readonly type: string;
  readonly data: Uint8Array;
}

/** What `Serato Markers2` holds of a track. */
export interface SeratoMarkers {
  readonly cues: readonly SeratoCue[];
  readonly loops: readonly SeratoLoop[];
  /** Of the track in lists; null where nothing is said. */
  readonly colour: Colour | null;
  /** Whether the grid is not to be changed; null where nothing is said. */
  readonly gridLocked: boolean | null;
  readonly others: readonly SeratoEntry[];
}

export const NO_SERATO_MARKERS: SeratoMarkers = { cues: [], loops: [], colour: null, gridLocked: null, others: [] };
