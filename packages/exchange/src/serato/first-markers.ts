import type { Colour } from '../collection/dj-collection.ts';
import { ExchangeError } from '../errors.ts';
import { uint32, viewOf } from './bytes.ts';
import { NO_SERATO_MARKERS, type SeratoCue, type SeratoLoop, type SeratoMarkers } from './markers.ts';
import { fromSevenBits, toSevenBits } from './serato32.ts';

const HEADER = [2, 5];
const ENTRIES_AT = 6;
const ENTRY_BYTES = 22;
const CUES = 5;
const LOOPS = 9;
const TYPES = { none: 0, cue: 1, loop: 3 } as const;
const SET = 0;
const NOT_SET = 0x7f;
const NO_POSITION = [NOT_SET, NOT_SET, NOT_SET, NOT_SET, NOT_SET];
const NO_COLOUR = 0xff_ff_ff;
/** Milliseconds that three bytes hold: over four and a half hours. */
const MOST = 0xff_ff_ff;

/**
 * Writes `Serato Markers_`, the older frame of MP3 and AIFF with the first five cues and nine loops, without their names.
 * Serato believes it rather than `Serato Markers2` where a file has both, so that whoever writes one writes both.
 * What is further than 16,777 s into a track has no place in it.
 * Source: J. Holthuis, "Serato Markers_", github.com/Holzhaus/serato-tags (MIT); that a pad without a cue has type 0: its
 * example `data/ogg/bpmlock/serato_markers`.
 */
export function writeSeratoFirstMarkers({ cues, loops, colour }: SeratoMarkers): Uint8Array {
  const entries = Array.from({ length: CUES + LOOPS }, (_, i) =>
    i < CUES
      ? entry(
          TYPES.none,
          cues.find(({ index }) => index === i),
        )
      : entry(
          TYPES.loop,
          loops.find(({ index }) => index === i - CUES),
        ),
  );
  const footer = toSevenBits(colour === null ? NO_COLOUR : rgbOf(colour));
  return Uint8Array.from([...HEADER, ...uint32(entries.length), ...entries.flat(), ...footer]);
}

function entry(empty: number, marker: SeratoCue | SeratoLoop | undefined): number[] {
  const end = marker !== undefined && 'endSeconds' in marker ? marker : undefined;
  const start = position(marker?.seconds);
  const there = marker !== undefined && start !== NO_POSITION;
  return [
    ...[...start, ...position(end?.endSeconds), 0, ...NO_POSITION],
    ...toSevenBits(there ? rgbOf(marker.colour) : 0),
    ...[there && end === undefined ? TYPES.cue : empty, there && end?.locked ? 1 : 0],
  ];
}

function position(seconds: number | undefined): number[] {
  const milliseconds = seconds === undefined ? MOST : Math.round(seconds * 1000);
  return milliseconds >= 0 && milliseconds < MOST ? [SET, ...toSevenBits(milliseconds)] : NO_POSITION;
}

function rgbOf({ red, green, blue }: Colour): number {
  return (red << 16) | (green << 8) | blue;
}

/**
 * Reads `Serato Markers_`.
 * @throws ExchangeError 'unsupported' (another header), 'corrupt' (cut off)
 */
export function parseSeratoFirstMarkers(bytes: Uint8Array): SeratoMarkers {
  if (bytes.length < ENTRIES_AT || HEADER.some((byte, i) => bytes[i] !== byte)) {
    throw new ExchangeError('unsupported', 'Serato Markers_ does not begin with 02 05 and a number of markers');
  }
  const count = viewOf(bytes).getUint32(HEADER.length);
  const footer = ENTRIES_AT + count * ENTRY_BYTES;
  if (footer + 4 > bytes.length) {
    throw new ExchangeError(
      'corrupt',
      `Serato Markers_ is cut off: ${count} markers do not fit into ${bytes.length} bytes`,
    );
  }
  const cues: SeratoCue[] = [];
  const loops: SeratoLoop[] = [];
  for (let i = 0; i < count; i++) {
    const at = ENTRIES_AT + i * ENTRY_BYTES;
    if (bytes[at] !== SET) continue;
    const cue = {
      index: i,
      seconds: fromSevenBits(bytes, at + 1) / 1000,
      colour: colourOf(fromSevenBits(bytes, at + 16)),
      name: '',
    };
    if (bytes[at + 20] === TYPES.cue) cues.push(cue);
    else if (bytes[at + 20] === TYPES.loop && bytes[at + 5] === SET) {
      const [endSeconds, locked] = [fromSevenBits(bytes, at + 6) / 1000, bytes[at + 21] === 1];
      loops.push({ ...cue, index: Math.max(0, i - CUES), endSeconds, locked });
    }
  }
  return { ...NO_SERATO_MARKERS, cues, loops, colour: colourOf(fromSevenBits(bytes, footer)) };
}

function colourOf(value: number): Colour {
  return { red: value >>> 16, green: (value >>> 8) & 0xff, blue: value & 0xff };
}
