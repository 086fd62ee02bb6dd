import { DEMO_SONGS, type SectionSpec, type SongSpec } from '@tutti/demo-songs';
import { keyOf } from '@tutti/music/theory';

/** A quiet and a loud half: what changes most in a song. */
const ARRANGEMENT: readonly SectionSpec[] = [
  { label: 'verse', bars: 8 },
  { label: 'chorus', bars: 8 },
];
/** Tempi lie this far around that of the demo song of the style. */
const TEMPO_SPREAD = 0.07;
/** Keys go round the circle of fifths by this many semitones, so that no style keeps to a few. */
const FIFTH = 7;

/**
 * Song `take` of every style of the demo songs: other melodies, another key, tempo and mode than those of other takes.
 * Everything follows from the numbers of the take and the style.
 */
export function songsOfTake(take: number): SongSpec[] {
  return DEMO_SONGS.map((song, style) => {
    const number = take * DEMO_SONGS.length + style;
    const { drift: _, ...steady } = song;
    return {
      ...steady,
      seed: 1000 + number,
      key: keyOf(FIFTH * number, number % 3 === 0 ? 'major' : 'minor'),
      bpm: song.bpm * (1 + TEMPO_SPREAD * Math.sin(number)),
      arrangement: ARRANGEMENT,
    };
  });
}
