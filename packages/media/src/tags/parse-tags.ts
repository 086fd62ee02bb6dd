import { open } from 'node:fs/promises';
import type { IAudioMetadata } from 'music-metadata';
import type { AudioPath } from '../decode/file-bytes.ts';

const PATIENCE_MS = 5000;
const MAXIMUM_CHARACTERS = 500;

/** One line of readable text, without controls of direction, or null when nothing is left. */
export function cleanText(text: unknown): string | null {
  if (typeof text !== 'string') return null;
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim();
  return line === '' ? null : line.slice(0, MAXIMUM_CHARACTERS).toWellFormed();
}

async function parse(path: AudioPath, pictures: boolean): Promise<IAudioMetadata> {
  const { parseFile, parseStream } = await import('music-metadata');
  const options = { duration: false, skipCovers: !pictures };
  if (typeof path === 'string') return parseFile(path, options);
  // A stream that knows a path knows a string in the parser's eyes, and bytes are none.
  await using file = await open(path);
  const { size } = await file.stat();
  return await parseStream(file.createReadStream({ autoClose: false }), { size }, options);
}

/**
 * What the tags of a file are, as music-metadata has it.
 * @param pictures whether to read the pictures in them as well
 * @throws Error when they cannot be read in a few seconds
 */
export async function parseTags(path: AudioPath, pictures = false): Promise<IAudioMetadata> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end after ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([parse(path, pictures), tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
