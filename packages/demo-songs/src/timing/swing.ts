/** Which pairs of notes swing: two eighths (1 beat) or two sixteenths (half a beat). */
export type SwingPairBeats = 1 | 0.5;

/**
 * Moves a position as swing does: the second note of each pair comes later, from the middle of the pair (swing 0) to two
 * thirds of it (swing 1, triplets); what lies between moves in proportion. The starts of pairs, and so the beats, stay.
 */
export function swungBeat(beat: number, swing: number, pairBeats: SwingPairBeats): number {
  const start = Math.floor(beat / pairBeats) * pairBeats;
  const position = (beat - start) / pairBeats;
  const middle = 0.5 + swing / 6;
  const moved = position < 0.5 ? position * 2 * middle : middle + (position - 0.5) * 2 * (1 - middle);
  return start + moved * pairBeats;
}
