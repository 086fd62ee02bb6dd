import type { Key } from '@tutti/music/theory';

// What DJ programs know of tracks and playlists, as far as their formats have it in common. Positions are seconds from
// the first real sample of a track.

/** From here on the grid runs at this tempo, up to the next mark. */
export interface GridMark {
  /** Where a beat is. */
  readonly seconds: number;
  readonly bpm: number;
  /** Beats per bar. */
  readonly meter: number;
  /** Which beat of its bar it is, from 1. */
  readonly beat: number;
}

/** 0 to 255 each. */
export interface Colour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

export const CUE_KINDS = ['cue', 'fade-in', 'fade-out', 'load', 'loop'] as const;
export type CueKind = (typeof CUE_KINDS)[number];

export interface DjCue {
  readonly kind: CueKind;
  readonly name: string;
  readonly seconds: number;
  /** Where a loop ends; null for what is no loop. */
  readonly endSeconds: number | null;
  /** The pad of a hot cue, from 0 (A); null for a memory cue. */
  readonly pad: number | null;
  /** null: as the program likes. */
  readonly colour: Colour | null;
}

export interface DjTrack {
  /** Absolute, as its system writes it. */
  readonly path: string;
  readonly title: string;
  readonly artist: string | null;
  readonly album: string | null;
  readonly seconds: number | null;
  /** Hz */
  readonly sampleRate: number | null;
  readonly bpm: number | null;
  readonly key: Key | null;
  /** Ascending; empty when there is no grid. */
  readonly grid: readonly GridMark[];
  readonly cues: readonly DjCue[];
}

export interface DjPlaylist {
  /** The folders that it is in, outermost first. */
  readonly folders: readonly string[];
  readonly name: string;
  /** Indices into the tracks of the collection, in the order of the list. */
  readonly tracks: readonly number[];
}

export interface DjCollection {
  readonly tracks: readonly DjTrack[];
  readonly playlists: readonly DjPlaylist[];
}

/** What was read, and what of it could not be used. */
export interface ReadCollection {
  readonly collection: DjCollection;
  /** Sentences; at most `MOST_REMARKS`, the last of them then says how many more there are. */
  readonly remarks: readonly string[];
}
