import type { DjPlaylist } from './dj-collection.ts';

/** A folder of playlists and folders, as the formats nest them. */
export interface PlaylistFolder {
  readonly name: string;
  readonly folders: readonly PlaylistFolder[];
  readonly playlists: readonly DjPlaylist[];
}

/** Playlists in their folders, in the order in which each is named first. */
export function playlistTree(playlists: readonly DjPlaylist[], name: string, depth = 0): PlaylistFolder {
  const below = Map.groupBy(
    playlists.filter(({ folders }) => folders.length > depth),
    ({ folders }) => folders[depth]!,
  );
  return {
    name,
    folders: [...below].map(([folder, inside]) => playlistTree(inside, folder, depth + 1)),
    playlists: playlists.filter(({ folders }) => folders.length === depth),
  };
}
