import { composeSong, DEMO_SONGS, type SectionSpec, type Song, type TempoDrift } from '@tutti/demo-songs';
import { keyOf } from '@tutti/music/theory';

const ARRANGEMENT: readonly SectionSpec[] = [
  { label: 'verse', bars: 8 },
  { label: 'chorus', bars: 8 },
];
/** Tempi lie up to this ratio around that of the demo song of the style. */
const TEMPO_SPREAD = 1.25;
const FIFTH = 7;
/** The share of the golden ratio spreads multiples evenly, whatever their number. */
const GOLDEN = 0.618_034;

/**
 * Songs to fit to: `takes` of every style of the demo songs, at other tempi, keys and swing, every third with a tempo that
 * wanders. Everything follows from the numbers of the take and the style.
 */
export function* composedSongs(takes: number): Generator<{ readonly title: string } & Song> {
  for (let take = 0; take < takes; take++) {
    for (const [style, song] of DEMO_SONGS.entries()) {
      const number = take * DEMO_SONGS.length + style;
      const spread = (multiple: number) => (number * multiple * GOLDEN) % 1;
      const bpm = Math.min(180, Math.max(64, song.bpm * TEMPO_SPREAD ** (2 * spread(1) - 1)));
      const drift: TempoDrift = { kind: 'wander', depth: 0.01 + 0.04 * spread(2), periodBeats: 32 };
      const { drift: _, ...steady } = song;
      const spec = {
        ...steady,
        seed: 5000 + number,
        key: keyOf(FIFTH * number, number % 2 === 0 ? 'major' : 'minor'),
        bpm,
        swing: number % 4 === 3 ? spread(3) : song.swing,
        arrangement: ARRANGEMENT,
        ...(number % 3 === 2 && { drift }),
      };
      yield { title: `${song.title} ${take}`, ...composeSong(spec) };
    }
  }
}
