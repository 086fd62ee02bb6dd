import type { Colour } from '../collection/dj-collection.ts';
import { ExchangeError } from '../errors.ts';
import { FURTHEST_SECONDS } from '../limits.ts';
import { toBase64 } from './base64.ts';
import { endedText, uint32 } from './bytes.ts';
import type { SeratoCue, SeratoLoop, SeratoMarkers } from './markers.ts';
import {
  LONGEST_CUE_NAME,
  LONGEST_LOOP_NAME,
  MARKERS_HEADER,
  NO_POSITION,
  SHORTEST_MARKERS,
} from './markers-layout.ts';

/**
 * Writes `Serato Markers2`: the data of the GEOB frame of that name, and for FLAC and MP4 what `sealSeratoField` takes.
 * Names of cues end after 50 bytes of UTF-8, on a whole character.
 * Source: as `parseSeratoMarkers`.
 * @throws ExchangeError 'unsupported' for a position, index or colour outside what the format can say
 */
export function writeSeratoMarkers({ cues, loops, colour, gridLocked, others }: SeratoMarkers): Uint8Array {
  const content = [
    ...MARKERS_HEADER,
    ...(colour === null ? [] : entry('COLOR', [0, ...colourBytes(colour)])),
    ...cues.flatMap((cue) => entry('CUE', cueData(cue))),
    ...loops.flatMap((loop) => entry('LOOP', loopData(loop))),
    ...others.flatMap(({ type, data }) => entry(type, data)),
    ...(gridLocked === null ? [] : entry('BPMLOCK', [gridLocked ? 1 : 0])),
    0,
  ];
  const text = new TextEncoder().encode(toBase64(Uint8Array.from(content), true));
  const whole = new Uint8Array(Math.max(SHORTEST_MARKERS, MARKERS_HEADER.length + text.length + 1));
  whole.set(MARKERS_HEADER);
  whole.set(text, MARKERS_HEADER.length);
  return whole;
}

function entry(type: string, data: ArrayLike<number>): number[] {
  if (!/^[\x21-\x7e]{1,32}$/.test(type)) {
    throw new ExchangeError('unsupported', `"${type}" is no type of an entry of Serato Markers2`);
  }
  return [...new TextEncoder().encode(type), 0, ...uint32(data.length), ...Array.from(data)];
}

function cueData(cue: SeratoCue): number[] {
  const position = uint32(milliseconds(cue.seconds, cue));
  return [0, indexOf(cue), ...position, 0, ...colourBytes(cue.colour), 0, 0, ...endedText(cue.name, LONGEST_CUE_NAME)];
}

function loopData(loop: SeratoLoop): number[] {
  return [
    ...[0, indexOf(loop), ...uint32(milliseconds(loop.seconds, loop)), ...uint32(milliseconds(loop.endSeconds, loop))],
    ...[...uint32(NO_POSITION), 0, ...colourBytes(loop.colour), 0, loop.locked ? 1 : 0],
    ...endedText(loop.name, LONGEST_LOOP_NAME),
  ];
}

function indexOf({ index, name }: SeratoCue): number {
  if (Number.isInteger(index) && index >= 0 && index <= 0xff) return index;
  throw new ExchangeError('unsupported', `marker "${name}" is at pad ${index}; Serato numbers them from 0 to 255`);
}

function milliseconds(seconds: number, { name }: SeratoCue): number {
  if (seconds >= 0 && seconds <= FURTHEST_SECONDS) return Math.round(seconds * 1000);
  throw new ExchangeError(
    'unsupported',
    `marker "${name}" is at ${seconds} s; 0 to ${FURTHEST_SECONDS} s can be written`,
  );
}

function colourBytes({ red, green, blue }: Colour): number[] {
  const parts = [red, green, blue];
  if (parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 0xff)) return parts;
  throw new ExchangeError('unsupported', `${parts.join(', ')} is no colour: each part is from 0 to 255`);
}
