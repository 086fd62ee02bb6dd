import { type AnalysisLine, analysisLineSchema } from '@tutti/contract';
import {
  type DjCollection,
  type DjTrack,
  ExchangeError,
  pathOf,
  placeOf,
  type Relocation,
  relocated,
} from '@tutti/exchange';
import {
  analysesOfFiles,
  type Database,
  type ListedTrack,
  listedTracks,
  type TaggedMarks,
  taggedMarksOf,
} from '@tutti/library';
import { ANALYSER_VERSION } from '@tutti/music/analysis';
import { parseKey } from '@tutti/music/theory';
import type { GridMarkOptions } from '../export-set/grid-marks.ts';
import { heardTrack } from '../export-set/heard-track.ts';
import type { ChosenTracks } from './chosen-tracks.ts';
import { keptMarks } from './kept-marks.ts';

export interface LibraryCollectionOptions {
  readonly relocations: readonly Relocation[];
  /** Null where only names and places are asked for: nothing heard is looked at. */
  readonly grids: GridMarkOptions | null;
  /** Programs whose grids and cues go before those that were heard, the first that has any. */
  readonly marksOf: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/** Tracks whose analyses are in memory at once. */
const AT_ONCE = 100;

/**
 * Tracks and playlists of the library as a DJ program knows them. Grid and cues are those that a person made in such a program
 * where the library has them, else those of the analysis; a track that was not listened to has none.
 */
export async function libraryCollection(
  library: Database,
  { files, playlists }: ChosenTracks,
  options: LibraryCollectionOptions,
): Promise<{ readonly collection: DjCollection; readonly remarks: readonly string[] }> {
  const tracks: DjTrack[] = [];
  const remarks: string[] = [];
  const indices = new Map<number, number>();
  for (let from = 0; from < files.length; from += AT_ONCE) {
    options.signal?.throwIfAborted();
    const some = files.slice(from, from + AT_ONCE);
    const analyses = options.grids ? await analysesOfFiles(library, ANALYSER_VERSION, some) : new Map<number, string>();
    const marks = options.grids ? await taggedMarksOf(library, some) : new Map<number, TaggedMarks[]>();
    for (const track of await listedTracks(library, some)) {
      const path = pathThere(track.path, options.relocations);
      if (path === null) {
        remarks.push(`${track.path} is left out: other programs cannot be told such a path`);
        continue;
      }
      const line = analyses.get(track.id);
      indices.set(track.id, tracks.length);
      tracks.push(djTrack(track, path, line, marks.get(track.id) ?? [], options));
    }
  }
  return {
    collection: {
      tracks,
      playlists: playlists.map(({ folders, name, files: list }) => ({
        ...{ folders: [...folders], name },
        tracks: list.flatMap((file) => indices.get(file) ?? []),
      })),
    },
    remarks,
  };
}

/** Where a file is for the program that reads; null where that cannot be said. */
function pathThere(path: string, relocations: readonly Relocation[]): string | null {
  try {
    return pathOf(relocated(placeOf(path), relocations));
  } catch (error) {
    if (error instanceof ExchangeError) return null;
    throw error;
  }
}

function djTrack(
  { title, artist, album, seconds, bpm, camelot }: ListedTrack,
  path: string,
  analysis: string | undefined,
  marks: readonly TaggedMarks[],
  { grids, marksOf }: LibraryCollectionOptions,
): DjTrack {
  const key = camelot === null ? null : (parseKey(camelot) ?? null);
  return {
    ...{ path, title, artist, album, seconds, sampleRate: null, bpm, key, grid: [], cues: [] },
    ...(analysis !== undefined && grids && heardParts(analysisLineSchema.parse(JSON.parse(analysis)), grids)),
    ...keptMarks(marks, marksOf),
  };
}

/** What was heard; nothing where a part was left out of the analysis. */
function heardParts({ tempo, key, structure, format }: AnalysisLine, grids: GridMarkOptions) {
  return tempo && key && structure ? heardTrack({ tempo, key, structure, format }, grids) : {};
}
