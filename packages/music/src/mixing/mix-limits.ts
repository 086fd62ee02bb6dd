/** Mix seconds: a mix is at most two days long. */
export const LONGEST_MIX_SECONDS = 172_800;

/** How fast a source may be played: the range that the stretch is made for. */
export const SLOWEST = 0.5;
export const FASTEST = 2;
/** Tracks that may be heard at once; each holds a deck's memory. */
export const MOST_DECKS = 3;
