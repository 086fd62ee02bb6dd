import type { Colour } from '../collection/dj-collection.ts';
import { Remarks } from '../collection/remarks.ts';
import { ExchangeError } from '../errors.ts';
import { LONGEST_NAME, MOST_MARKS } from '../limits.ts';
import { fromBase64 } from './base64.ts';
import { textAt, viewOf } from './bytes.ts';
import type { SeratoCue, SeratoEntry, SeratoLoop, SeratoMarkers } from './markers.ts';
import { CUE_NAME_AT, LONGEST_MARKERS, LOOP_NAME_AT, MARKERS_HEADER } from './markers-layout.ts';

export interface ReadSeratoMarkers {
  readonly markers: SeratoMarkers;
  readonly remarks: readonly string[];
}

/**
 * Reads `Serato Markers2`, as the GEOB frame has it and as `openSeratoField` gives it. An entry of a kind that is not known,
 * or damaged, is kept as it is among the others; of a damaged one a remark tells.
 * Source: J. Holthuis, "Serato Markers2", github.com/Holzhaus/serato-tags (MIT).
 * @throws ExchangeError 'unsupported' (another header), 'corrupt' (no base64), 'limit'
 */
export function parseSeratoMarkers(bytes: Uint8Array): ReadSeratoMarkers {
  const content = contentOf(bytes);
  const cues: SeratoCue[] = [];
  const loops: SeratoLoop[] = [];
  const others: SeratoEntry[] = [];
  const remarks = new Remarks();
  let colour: Colour | null = null;
  let gridLocked: boolean | null = null;
  for (const entry of entriesIn(content, remarks)) {
    const { type, data } = entry;
    const cue = type === 'CUE' ? cueIn(data) : null;
    const loop = type === 'LOOP' ? loopIn(data) : null;
    if (cue !== null) cues.push(cue);
    else if (loop !== null) loops.push(loop);
    else if (type === 'COLOR' && data.length >= 4) colour = colourAt(data, 1);
    else if (type === 'BPMLOCK' && data.length >= 1) gridLocked = data[0] !== 0;
    else {
      others.push(entry);
      if (/^(?:CUE|LOOP|COLOR|BPMLOCK)$/.test(type))
        remarks.add(`a damaged ${type} of ${data.length} bytes is kept as it is`);
    }
  }
  return { markers: { cues, loops, colour, gridLocked, others }, remarks: remarks.list() };
}

function contentOf(bytes: Uint8Array): Uint8Array {
  if (bytes.length > LONGEST_MARKERS) {
    throw new ExchangeError('limit', `Serato Markers2 has ${bytes.length} bytes; at most ${LONGEST_MARKERS} are read`);
  }
  requireHeader(bytes, 'Serato Markers2');
  const end = bytes.indexOf(0, MARKERS_HEADER.length);
  const text = new TextDecoder('latin1').decode(bytes.subarray(MARKERS_HEADER.length, end < 0 ? bytes.length : end));
  const content = fromBase64(text);
  if (content === null) throw new ExchangeError('corrupt', 'Serato Markers2 holds no base64 after its header');
  // A track without any marker may have no content at all.
  if (content.length > 0) requireHeader(content, 'the content of Serato Markers2');
  return content;
}

function requireHeader(bytes: Uint8Array, what: string): void {
  if (MARKERS_HEADER.every((byte, i) => bytes[i] === byte)) return;
  const found = Array.from(bytes.subarray(0, MARKERS_HEADER.length), (byte) => byte.toString(16).padStart(2, '0'));
  throw new ExchangeError('unsupported', `${what} begins with ${found.join(' ') || 'nothing'}; 01 01 is known here`);
}

/** A name that a zero ends, the length of the data, the data; an empty name ends the list. */
function* entriesIn(content: Uint8Array, remarks: Remarks): Generator<SeratoEntry> {
  const view = viewOf(content);
  let at = MARKERS_HEADER.length;
  for (let count = 0; at < content.length && content[at] !== 0; count++) {
    if (count === MOST_MARKS) throw new ExchangeError('limit', `Serato Markers2 has over ${MOST_MARKS} entries`);
    const name = textAt(content, at);
    const length = name !== null && name.next + 4 <= content.length ? view.getUint32(name.next) : Infinity;
    if (name === null || name.next + 4 + length > content.length) {
      remarks.add(`what comes after ${count} entries is left out: it is cut off`);
      return;
    }
    const data = name.next + 4;
    yield { type: name.text, data: content.slice(data, data + length) };
    at = data + length;
  }
}

function colourAt(data: Uint8Array, at: number): Colour {
  return { red: data[at]!, green: data[at + 1]!, blue: data[at + 2]! };
}

function cueIn(data: Uint8Array): SeratoCue | null {
  const name = textAt(data, CUE_NAME_AT);
  if (name === null) return null;
  const seconds = viewOf(data).getUint32(2) / 1000;
  return { index: data[1]!, seconds, colour: colourAt(data, 7), name: name.text.slice(0, LONGEST_NAME) };
}

function loopIn(data: Uint8Array): SeratoLoop | null {
  const name = textAt(data, LOOP_NAME_AT);
  if (name === null) return null;
  const view = viewOf(data);
  return {
    ...{ index: data[1]!, seconds: view.getUint32(2) / 1000, endSeconds: view.getUint32(6) / 1000 },
    ...{ colour: colourAt(data, 15), locked: data[19] !== 0, name: name.text.slice(0, LONGEST_NAME) },
  };
}
