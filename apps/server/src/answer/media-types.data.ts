/**
 * Media types by the endings of files. What a browser would run (HTML, SVG) is not among them on purpose: what is not known is
 * bytes. Source: IANA media types registry; RFC 3003, 5334, 9639.
 */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  jsonl: 'application/x-ndjson',
  wav: 'audio/wav',
  aif: 'audio/aiff',
  aiff: 'audio/aiff',
  flac: 'audio/flac',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  mp4: 'audio/mp4',
  aac: 'audio/aac',
  ogg: 'audio/ogg',
  oga: 'audio/ogg',
  opus: 'audio/ogg',
  weba: 'audio/webm',
  webm: 'audio/webm',
};

export function mediaTypeOf(ending: string): string {
  return MEDIA_TYPES[ending.toLowerCase()] ?? 'application/octet-stream';
}
