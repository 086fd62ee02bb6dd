import { createReadStream } from 'node:fs';
import type { IAudioMetadata } from 'music-metadata';
import type { AudioPath } from '../decode/file-bytes.ts';

/** What a file says about itself, for display. */
export interface Tags {
  readonly title: string | null;
  readonly artist: string | null;
  readonly album: string | null;
  /** What was odd about the tags. */
  readonly warnings: readonly string[];
}

const MAXIMUM_CHARACTERS = 500;
const MAXIMUM_WARNINGS = 5;
const PATIENCE_MS = 5000;

/** One line of readable text, without controls of direction, or null when nothing is left. */
function clean(text: string | undefined): string | null {
  if (typeof text !== 'string') return null;
  const line = text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
  return line === '' ? null : line.slice(0, MAXIMUM_CHARACTERS);
}

const OPTIONS = { duration: false, skipCovers: true } as const;

async function parse(path: AudioPath): Promise<IAudioMetadata> {
  const { parseFile, parseStream } = await import('music-metadata');
  return typeof path === 'string' ? parseFile(path, OPTIONS) : parseStream(createReadStream(path), undefined, OPTIONS);
}

/** Reads title, artist and album. Never throws: tags that are missing or damaged give nulls, and a warning. */
export async function readTags(path: AudioPath): Promise<Tags> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end after ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
  });
  try {
    const { common, quality } = await Promise.race([parse(path), tooLong]);
    return {
      title: clean(common.title),
      artist: clean(common.artist),
      album: clean(common.album),
      warnings: quality.warnings.slice(0, MAXIMUM_WARNINGS).map(({ message }) => `tags: ${clean(message) ?? ''}`),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { title: null, artist: null, album: null, warnings: [`tags could not be read: ${clean(reason) ?? ''}`] };
  } finally {
    clearTimeout(timer);
  }
}
