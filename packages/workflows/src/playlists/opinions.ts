import { PLAY_SCHEMA, type PlayLine } from '@tutti/contract';
import { type Database, type ListedTrack, listPlays, notePlay, rateTracks } from '@tutti/library';
import { findTrack } from '../lists/find-track.ts';
import { trackLine } from '../lists/list-library.ts';

/** The tracks that a person names, in that order, none twice. @throws WorkflowError as `findTrack` */
async function tracksNamed(library: Database, named: readonly string[]): Promise<ListedTrack[]> {
  const found = new Map<number, ListedTrack>();
  for (const name of named) {
    const track = await findTrack(library, name);
    found.set(track.id, track);
  }
  return [...found.values()];
}

/** Gives tracks stars, all or none, or with null takes them back. @throws WorkflowError as `findTrack`; LibraryError */
export async function rateTracksNamed(
  library: Database,
  named: readonly string[],
  stars: number | null,
): Promise<ListedTrack[]> {
  const tracks = await tracksNamed(library, named);
  await rateTracks(
    library,
    tracks.map(({ id }) => id),
    stars,
  );
  return tracks;
}

/** Notes that tracks were played, all or none. @throws WorkflowError as `findTrack` */
export async function noteTracksPlayed(library: Database, named: readonly string[], at: Date): Promise<void> {
  const tracks = await tracksNamed(library, named);
  await library.transaction(async (queries) => {
    for (const { id } of tracks) await notePlay(queries, id, at);
  });
}

/** What was played, the latest first. @param before the number of the play after the first that is given */
export async function playLines(library: Database, limit: number, before: number | null): Promise<PlayLine[]> {
  const plays = await listPlays(library, limit, before);
  return plays.map(({ id, at, path, track }) => ({
    ...{ schema: PLAY_SCHEMA, id, at: at.toISOString(), path },
    track: track && trackLine(track),
  }));
}
