/**
 * How often each degree of the scale, in semitones above the tonic, occurs in a key: share of the segments of the
 * Kostka-Payne corpus that contain it.
 * Source: D. Temperley, "Music and Probability", MIT Press 2007, table 6.1. Chosen over Krumhansl & Kessler 1982, Temperley
 * 1999, Albrecht & Shanahan 2013, Gómez 2006 and Faraldo 2016, which all score lower on the development corpus with these
 * chroma (see conformance/accuracy).
 */
export const KEY_PROFILES = {
  major: [0.748, 0.06, 0.488, 0.082, 0.67, 0.46, 0.096, 0.715, 0.104, 0.366, 0.057, 0.4],
  minor: [0.712, 0.084, 0.474, 0.618, 0.049, 0.46, 0.105, 0.747, 0.404, 0.067, 0.133, 0.33],
  /** Minor as popular and dance music uses it: the same with the two sevenths exchanged. */
  naturalMinor: [0.712, 0.084, 0.474, 0.618, 0.049, 0.46, 0.105, 0.747, 0.404, 0.067, 0.33, 0.133],
} as const;
