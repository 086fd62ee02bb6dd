import { resolve } from 'node:path';
import type { AnalysisLine } from '@tutti/contract';
import { type DjCollection, type DjTrack, type FilePlace, pathOf } from '@tutti/exchange';
import type { MixPlan, MixPlanTrack } from '@tutti/music/mixing';
import { WorkflowError } from '../failure.ts';
import type { GridMarkOptions } from './grid-marks.ts';
import { heardTrack } from './heard-track.ts';
import { inOrderOfMix, namesOf } from './set-tracks.ts';
import { setCues } from './track-cues.ts';

export interface CollectionOptions {
  /** Of the playlist. */
  readonly name: string;
  /** By audio hash. */
  readonly analyses: ReadonlyMap<string, AnalysisLine>;
  /** Where a file of the plan is for the program that reads. */
  readonly placeOf: (path: string) => FilePlace;
  readonly grids: GridMarkOptions;
}

/**
 * A set as DJ programs know it: each file once, with grid, key and cues, and one playlist in the order of the mix.
 * @throws WorkflowError 'missing' for a track without analysis, or with one that lacks what is needed of it
 */
export function setCollection(plan: MixPlan, options: CollectionOptions): DjCollection {
  const order = inOrderOfMix(plan);
  requireAnalyses(order, options.analyses);
  const indices = new Map<string, number>();
  const tracks: DjTrack[] = [];
  const list = order.map((track, i) => {
    const cues = setCues(track, order[i + 1]);
    const id = resolve(track.path);
    const index = indices.get(id) ?? tracks.length;
    if (index === tracks.length) tracks.push({ ...djTrack(track, options), path: pathOf(options.placeOf(track.path)) });
    indices.set(id, index);
    tracks[index] = { ...tracks[index]!, cues: [...tracks[index]!.cues, ...cues] };
    return index;
  });
  return { tracks, playlists: [{ folders: [], name: options.name, tracks: list }] };
}

/** All that is missing at once: whoever mends it does not come back for each. */
function requireAnalyses(tracks: readonly MixPlanTrack[], analyses: ReadonlyMap<string, AnalysisLine>): void {
  const without = [...new Set(tracks.filter(({ audioHash }) => !analyses.has(audioHash)).map(({ path }) => path))];
  if (without.length === 0) return;
  throw new WorkflowError(
    'missing',
    `no analysis has the sound of ${without.join(', ')}: grids and cues come from analyses (tutti analyse --json), found by audioHash`,
  );
}

function djTrack(track: MixPlanTrack, { analyses, grids }: CollectionOptions): Omit<DjTrack, 'path'> {
  const line = analyses.get(track.audioHash)!;
  const { tempo, key, structure, format, tags } = line;
  const parts = { tempo, key, structure };
  const absent = Object.entries(parts).flatMap(([name, part]) => (part ? [] : [name]));
  if (!tempo || !key || !structure) {
    throw new WorkflowError(
      'missing',
      `the analysis of ${track.path} has no ${absent.join(' and no ')}: it was made with --only; make it anew without`,
    );
  }
  return { ...namesOf(track, line), album: tags.album, ...heardTrack({ tempo, key, structure, format }, grids) };
}
