import { ExchangeError } from '../errors.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { endedText, textAt } from './bytes.ts';
import { LONGEST_MARKERS } from './markers-layout.ts';

const MEDIA_TYPE = 'application/octet-stream';
const LONGEST_FIELD_NAME = 64;

/** What the GEOB frame of that name would hold. */
export interface SeratoField {
  /** "Serato Markers2", "Serato BeatGrid" and so on. */
  readonly name: string;
  readonly data: Uint8Array;
}

/**
 * Opens a field of FLAC (`SERATO_MARKERS_V2`, `SERATO_BEATGRID`) or MP4 (`----:com.serato.dj:markersv2`, `beatgrid`):
 * base64 of a media type, an empty file name, the name of the frame and its data.
 * Source: J. Holthuis, "File Formats", github.com/Holzhaus/serato-tags (MIT).
 * @throws ExchangeError 'corrupt' when it is none, 'limit'
 */
export function openSeratoField(text: string): SeratoField {
  if (text.length > 2 * LONGEST_MARKERS) {
    throw new ExchangeError(
      'limit',
      `a field of Serato has ${text.length} characters; at most ${2 * LONGEST_MARKERS} are read`,
    );
  }
  const bytes = fromBase64(text.trim());
  const type = bytes && textAt(bytes, 0);
  const file = type?.text === MEDIA_TYPE ? textAt(bytes!, type.next) : null;
  const name = file && textAt(bytes!, file.next);
  if (!name)
    throw new ExchangeError('corrupt', `a field of Serato is base64 of "${MEDIA_TYPE}", a name and data: this is none`);
  return { name: name.text.slice(0, LONGEST_FIELD_NAME), data: bytes!.subarray(name.next) };
}

/** The text of such a field. */
export function sealSeratoField({ name, data }: SeratoField): string {
  const head = [...endedText(MEDIA_TYPE, LONGEST_FIELD_NAME), 0, ...endedText(name, LONGEST_FIELD_NAME)];
  return toBase64(Uint8Array.from([...head, ...data]), true);
}
