// What the terms of a set's cost weigh, and the tables behind them. Points: 0 is effortless, about 1 is a step that a listener
// notices. Nobody has measured such weights; where there is a study or a rule of the field it is named, the rest is judgement
// with its reason.

/**
 * What each term weighs in the sum. Key and tempo decide whether two tracks can be blended at all, so they lead. The artist
 * is next: two tracks by one artist in a row sound like a mistake. Singing over singing spoils a blend as much as a clash of
 * keys does, yet a transition can be moved away from it. Timbre, energy and the ends of the tracks shade the choice; loudness
 * is matched by gain anyway.
 */
export const WEIGHTS = {
  key: 1,
  tempo: 1.2,
  glide: 0.3,
  energy: 0.6,
  timbre: 0.5,
  vocals: 0.8,
  loudness: 0.2,
  ends: 0.3,
  artist: 0.8,
} as const;

/**
 * Points of a term whose facts are missing: about what two tracks drawn at random cost, so that a gap in the analysis is
 * neither a reason to choose a track nor to leave it out. Key: the mean over all pairs of the 24 keys. Timbre: two random songs.
 * Energy: two random tracks of one collection, most of which lie within four levels. Singing: two random tracks sing a quarter
 * of the time each. Loudness: 3 LU. Ends: half as long as a blend needs. An artist who is not named is taken for another one. The
 * energy curve: a level and a half off it.
 */
export const UNKNOWN_POINTS = {
  key: 0.65,
  energy: 0.3,
  timbre: 0.6,
  vocals: 0.1,
  loudness: 0.3,
  ends: 0.5,
  artist: 0,
  curve: 0.5,
} as const;

/**
 * Points from one key to another of the same mode, by hours clockwise on the Camelot wheel (0 to 11). One hour is a fifth:
 * six of seven notes are shared. Two hours (a whole tone up) and seven (a semitone up) are the "energy boosts"; of the rest,
 * the fewer notes are shared the worse (four at three hours, two at the far side).
 * Source: Mixed In Key, "Camelot wheel" and "Energy boost" (mixedinkey.com); shared notes from the circle of fifths.
 */
export const SAME_MODE_POINTS = [0, 0.1, 0.45, 0.8, 0.9, 0.95, 1, 0.85, 0.9, 0.8, 0.5, 0.1] as const;

/** A boost is one where the energy goes up as well: then these points count, by hours clockwise. */
export const BOOST_POINTS: Readonly<Record<number, number>> = { 2: 0.25, 7: 0.5 };

/**
 * Points from a minor key to a major one, by hours clockwise from the relative major (0): 0 is the relative key, which has the same
 * notes; 11 (8A to 7B) and 1 (8A to 9B) differ by one note, and the first shares two notes of its tonic chord; 3 is the
 * parallel key: the same tonic. From major to minor the same way backwards.
 */
export const MINOR_TO_MAJOR_POINTS = [0.1, 0.35, 0.7, 0.4, 0.9, 1, 1, 1, 0.95, 0.85, 0.6, 0.25] as const;

/**
 * The stretch that makes one point: at 8 % a beat-match is given up. Of the tempo changes in 1,557 real mixes, 86 % are under 5 %.
 * Source: Kim, Choi, Sacks, Yang & Nam, "A computational analysis of real-world DJ mixes using mix-to-track subsequence
 * alignment", ISMIR 2020.
 */
export const COMFORTABLE_STRETCH = 0.08;
/** Beyond it only a fade or a cut is possible, so that more distance costs little more. */
export const MAXIMUM_STRETCH_POINTS = 2;
export const BEYOND_COMFORT_SHARE = 0.25;
/** Going from 87 to 174 keeps the pulse but not the feel. */
export const HALF_OR_DOUBLE_POINTS = 0.2;
export const DIFFERENT_METER_POINTS = 0.6;
/** Between two tracks without a pulse a fade is natural; between one with and one without it is a break. */
export const BOTH_WITHOUT_TEMPO_POINTS = 0.4;
export const ONE_WITHOUT_TEMPO_POINTS = 1;
/**
 * After a join the tempo glides to the incoming track's own. A glide up to the just noticeable difference is free; one point is
 * a glide over the whole comfortable stretch.
 * Source of the 2 %: Drake & Botte, "Tempo sensitivity in auditory sequences", Perception & Psychophysics 54(3), 1993.
 */
export const NOTICED_GLIDE = 0.02;

/** One level of energy is free, each further one costs this. */
export const POINTS_PER_LEVEL = 0.25;
/** LU that make a point: tracks so far apart were made for different rooms. */
export const LU_PER_POINT = 10;
/**
 * Squared distance of two embeddings that makes half a point: what two songs have that are drawn at random from those which
 * the embedding was whitened on (three kinds of statistics, each of variance 1, twice).
 */
export const HALF_POINT_TIMBRE = 6;
/** Bars of intro or outro that a usual blend needs: a phrase of 16. */
export const BLEND_BARS = 16;

/** Levels off the energy curve that make one point. */
export const LEVELS_PER_POINT = 3;
/** Points for being off an explicit tempo path by the comfortable stretch. */
export const TEMPO_PATH_POINTS = 1;
/** For each two tracks by one artist in a chosen set, wherever they lie: a reason to choose others, no prohibition. */
export const ARTIST_AGAIN_POINTS = 0.5;
