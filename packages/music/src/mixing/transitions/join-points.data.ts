// What the ways of joining two tracks are compared by. Points: 0 is effortless, about 1 is a flaw that a listener notices; a score
// is 2^-points. Nobody has measured such weights; where there is a study or a rule of the field it is named, the rest is judgement
// with its reason.

/** For each minute of a track that is not heard. */
export const UNHEARD_MINUTE_POINTS = 1;

/**
 * For beginning a transition in the middle of a phrase, of either track, and for ending it in the middle of the incoming one's. In
 * 1,557 real mixes most cue points lie on downbeats, and transitions last multiples of 8 bars of 4: mixes are made in phrases.
 * Source: Kim, Choi, Sacks, Yang & Nam, "A computational analysis of real-world DJ mixes using mix-to-track subsequence
 * alignment", ISMIR 2020.
 */
export const MID_PHRASE_POINTS = 0.3;
export const MID_PHRASE_END_POINTS = 0.15;

/** The length of a transition where neither an intro nor an outro says what they offer. */
export const USUAL_BARS = 16;
/** For each halving or doubling of the length that both tracks offer. */
export const LENGTH_POINTS = 0.25;

/** For each 16 bars between the transition and the intro's end or the outro's start, and at most. */
export const BESIDE_POINTS = 0.3;
export const MOST_BESIDE_POINTS = 0.6;

/** For each LU, on average, that the crossfade of both is quieter than usual. */
export const QUIET_POINTS = 0.3;

/** For each LU that the moment of a cut is quieter than usual: as much as 10 s of music that is not heard. */
export const QUIET_CUT_POINTS = 1 / 6;
/** For a cut in the middle of the outgoing track's phrase. */
export const MID_PHRASE_CUT_POINTS = 0.2;

/** For taking more of a track than a transition usually may. */
export const WIDE_POINTS = 0.5;
