import { ALL_KEYS } from '@tutti/music/theory';
import fc from 'fast-check';
import { CUE_KINDS, type DjCollection, type DjCue, type DjTrack, type GridMark } from '../collection/dj-collection.ts';
import { pathOf } from '../paths/file-place.ts';
import { anyPlace, xmlText } from './hostile-names.ts';

const seconds = fc.double({ min: 0, max: 20_000, noNaN: true });
const bpm = fc.double({ min: 20, max: 400, noNaN: true });
const byte = fc.integer({ min: 0, max: 255 });
const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });

const anyCue: fc.Arbitrary<DjCue> = fc
  .record({
    kind: fc.constantFrom(...CUE_KINDS),
    name: xmlText,
    seconds,
    length: fc.double({ min: 0, max: 60, noNaN: true }),
    pad: orNull(fc.integer({ min: 0, max: 7 })),
    colour: orNull(fc.record({ red: byte, green: byte, blue: byte })),
  })
  .map(({ length, ...cue }) => ({ ...cue, endSeconds: cue.kind === 'loop' ? cue.seconds + length : null }));

/** A grid whose marks lie on beats of the tempo before them; its bars are as a reader of the format can know them. */
function anyGrid(meters: readonly number[]): fc.Arbitrary<GridMark[]> {
  const parts = fc.array(fc.record({ beats: fc.integer({ min: 1, max: 800 }), bpm }), { maxLength: 6 });
  return fc
    .tuple(fc.double({ min: 0, max: 5, noNaN: true }), parts, fc.constantFrom(...meters))
    .map(([first, list, meter]) => {
      let at = first;
      return list.map((part) => {
        const mark = { seconds: at, bpm: part.bpm, meter, beat: 1 };
        at += (part.beats * 60) / part.bpm;
        return mark;
      });
    });
}

/** Collections with names and paths of every kind that XML can hold. */
export function anyCollection(meters: readonly number[]): fc.Arbitrary<DjCollection> {
  const place = anyPlace(xmlText).filter(({ root }) => root !== 'share');
  const track: fc.Arbitrary<DjTrack> = fc.record({
    path: place.map(pathOf),
    title: xmlText,
    artist: orNull(xmlText.filter((text) => text !== '')),
    album: orNull(xmlText.filter((text) => text !== '')),
    seconds: orNull(seconds),
    sampleRate: orNull(fc.constantFrom(44_100, 48_000, 96_000)),
    bpm: orNull(bpm),
    key: orNull(fc.constantFrom(...ALL_KEYS)),
    grid: anyGrid(meters),
    cues: fc.array(anyCue, { maxLength: 12 }),
  });
  const tracks = fc.uniqueArray(track, { selector: ({ path }) => path.toLowerCase(), maxLength: 5 });
  return tracks.chain((list) => {
    const indices = list.length === 0 ? fc.constant([]) : fc.array(fc.nat(list.length - 1), { maxLength: 8 });
    const playlist = fc.record({ folders: fc.array(xmlText, { maxLength: 3 }), name: xmlText, tracks: indices });
    return fc.record({ tracks: fc.constant(list), playlists: fc.array(playlist, { maxLength: 4 }) });
  });
}

/** The beats of a grid: from each mark to the next, and some after the last. */
export function beatsOf(grid: readonly GridMark[]): number[] {
  return grid.flatMap((mark, i) => {
    const next = grid[i + 1];
    const count = next ? Math.round(((next.seconds - mark.seconds) * mark.bpm) / 60) : 800;
    return Array.from({ length: count }, (_, beat) => mark.seconds + (beat * 60) / mark.bpm);
  });
}
