/** An onset lasts until one that is at least this share as strong. */
const COMPARABLE_SHARE = 0.5;
/** Onsets nearer than this, in seconds, are one. */
const FUSION_SECONDS = 0.05;
/** Longer than this is not heard as longer, in seconds; no onset at all counts as the shortest. */
const LONGEST_SECONDS = 3;
const SHORTEST_SECONDS = 0.05;
/** Onset strength under this, in units of its local root mean square, is none. */
const AUDIBLE_ONSET = 0.3;

/** An onset of a curve and the time until another one takes its place. */
export interface NoteLength {
  readonly frame: number;
  /** Seconds */
  readonly seconds: number;
}

/**
 * How long each onset stands until one comes that is about as strong: long notes begin on strong beats, whatever is played
 * softly in between.
 * @param onset levelled onset strength
 * @returns ascending
 * Source: R. Parncutt, "A perceptual model of pulse salience and metrical accent in musical rhythms", Music Perception
 * 11(4), 1994: durational accent; here the interval is to the next onset that can stand against the first.
 */
export function noteLengths(onset: Float32Array, frameRate: number): NoteLength[] {
  const peaks: number[] = [];
  for (let i = 1; i + 1 < onset.length; i++) {
    const value = onset[i]!;
    if (value > AUDIBLE_ONSET && value > onset[i - 1]! && value >= onset[i + 1]!) peaks.push(i);
  }
  const fusion = FUSION_SECONDS * frameRate;
  const longest = LONGEST_SECONDS * frameRate;
  return peaks.map((frame, k) => {
    const least = COMPARABLE_SHARE * onset[frame]!;
    let next = k + 1;
    let end = onset.length;
    for (; next < peaks.length; next++) {
      const distance = peaks[next]! - frame;
      if (distance >= longest) break;
      if (distance >= fusion && onset[peaks[next]!]! >= least) {
        end = peaks[next]!;
        break;
      }
    }
    return { frame, seconds: Math.min(longest, end - frame) / frameRate };
  });
}

/**
 * @param lengths ascending by frame
 * @param moments frames, ascending
 * @returns for each moment the logarithm of the longest note that begins within `reach` frames of it
 */
export function longestAt(lengths: readonly NoteLength[], moments: Float64Array, reach: number): Float64Array {
  let first = 0;
  return moments.map((moment) => {
    while (first < lengths.length && lengths[first]!.frame < moment - reach) first++;
    let top = 0;
    for (let i = first; i < lengths.length && lengths[i]!.frame <= moment + reach; i++) {
      top = Math.max(top, lengths[i]!.seconds);
    }
    return Math.log(SHORTEST_SECONDS + top);
  });
}
