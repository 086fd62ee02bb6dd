// What is read from a file of another program is believed only within these bounds.

/** Characters: some 100,000 tracks with their cues. */
export const LONGEST_TEXT = 2 ** 27;

/** Elements inside each other. Collections nest folders of playlists; 10 levels are many. */
export const DEEPEST_ELEMENT = 200;

export const MOST_TRACKS = 1_000_000;

/** Marks of one grid, cues of one track. */
export const MOST_MARKS = 100_000;

/** Characters of a name, a title, a path. */
export const LONGEST_NAME = 10_000;

/** Positions in seconds, before and after the first sample: two days. */
export const FURTHEST_SECONDS = 172_800;

export const SLOWEST_BPM = 1;
export const FASTEST_BPM = 1000;

/** Remarks that are kept; a file in which everything is wrong says so often enough. */
export const MOST_REMARKS = 1000;

/** Characters of a remark, which may quote what it is about. */
export const LONGEST_REMARK = 1000;
