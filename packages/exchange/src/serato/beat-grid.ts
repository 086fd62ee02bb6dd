import { ExchangeError } from '../errors.ts';
import { FASTEST_BPM, FURTHEST_SECONDS, MOST_MARKS, SLOWEST_BPM } from '../limits.ts';
import { uint32, viewOf } from './bytes.ts';

/** From here on the grid runs at this tempo, up to the next mark. */
export interface SeratoGridMark {
  readonly seconds: number;
  readonly bpm: number;
}

const HEADER = [1, 0];
const MARKS_AT = 6;
const MARK_BYTES = 8;
/** What the last byte means is not known; files have any value there. */
const FOOTER = 0;

/**
 * Reads `Serato BeatGrid`: the marks of a grid, ascending; none where there is no grid. Each mark but the last says how
 * many beats there are up to the next one, evenly spread; the last one a tempo. Positions are 32-bit floats: 0.25 ms apart
 * after an hour.
 * Source: J. Holthuis, "Serato BeatGrid", github.com/Holzhaus/serato-tags (MIT).
 * @throws ExchangeError 'unsupported' (another header), 'corrupt' (cut off, out of order, no tempo), 'limit'
 */
export function parseSeratoBeatGrid(bytes: Uint8Array): SeratoGridMark[] {
  if (bytes.length < MARKS_AT || HEADER.some((byte, i) => bytes[i] !== byte)) {
    throw new ExchangeError('unsupported', 'Serato BeatGrid does not begin with 01 00 and a number of marks');
  }
  const view = viewOf(bytes);
  const count = view.getUint32(HEADER.length);
  if (count > MOST_MARKS)
    throw new ExchangeError('limit', `Serato BeatGrid has ${count} marks; at most ${MOST_MARKS} are read`);
  if (bytes.length < MARKS_AT + count * MARK_BYTES) {
    throw new ExchangeError(
      'corrupt',
      `Serato BeatGrid is cut off: ${count} marks do not fit into ${bytes.length} bytes`,
    );
  }
  return Array.from({ length: count }, (_, i) => {
    const at = MARKS_AT + i * MARK_BYTES;
    const seconds = view.getFloat32(at);
    const last = i === count - 1;
    const bpm = last
      ? view.getFloat32(at + 4)
      : (60 * view.getUint32(at + 4)) / (view.getFloat32(at + MARK_BYTES) - seconds);
    if (!(Math.abs(seconds) <= FURTHEST_SECONDS && bpm >= SLOWEST_BPM && bpm <= FASTEST_BPM)) {
      throw new ExchangeError('corrupt', `mark ${i + 1} of Serato BeatGrid is at ${seconds} s with ${bpm} BPM`);
    }
    return { seconds, bpm };
  });
}

/**
 * Writes `Serato BeatGrid`. Between two marks the nearest whole number of beats is spread evenly.
 * Source: as `parseSeratoBeatGrid`.
 * @param marks ascending, each within half a beat of a beat of the one before it
 * @throws ExchangeError 'unsupported' for marks that make no grid
 */
export function writeSeratoBeatGrid(marks: readonly SeratoGridMark[]): Uint8Array {
  const bytes = new Uint8Array(MARKS_AT + marks.length * MARK_BYTES + 1);
  bytes.set([...HEADER, ...uint32(marks.length)]);
  bytes[bytes.length - 1] = FOOTER;
  const view = viewOf(bytes);
  marks.forEach(({ seconds, bpm }, i) => {
    const next = marks[i + 1];
    const at = MARKS_AT + i * MARK_BYTES;
    const beats = next === undefined ? 1 : Math.round(((next.seconds - seconds) * bpm) / 60);
    if (!(Math.abs(seconds) <= FURTHEST_SECONDS && bpm >= SLOWEST_BPM && bpm <= FASTEST_BPM && beats >= 1)) {
      throw new ExchangeError('unsupported', `mark ${i + 1} at ${seconds} s with ${bpm} BPM has no place in a grid`);
    }
    view.setFloat32(at, seconds);
    if (next === undefined) view.setFloat32(at + 4, bpm);
    else view.setUint32(at + 4, beats);
  });
  return bytes;
}
