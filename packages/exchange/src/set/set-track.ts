/** A track of a set that is heard as one mix. */
export interface SetTrack {
  /** When it takes over, in seconds of the mix. */
  readonly seconds: number;
  /** As people call it: "Artist - Title", or its title alone where the artist is told apart. */
  readonly title: string;
  /** null: not known, or part of the title. */
  readonly artist: string | null;
}

/** Artist and title in one. */
export function fullTitle({ title, artist }: SetTrack): string {
  return artist === null ? title : `${artist} - ${title}`;
}
