import { createReadStream } from 'node:fs';
import type { IAudioMetadata } from 'music-metadata';
import type { AudioPath } from '../decode/file-bytes.ts';

/** What a file says about itself: claims, some of them made by other programs. */
export interface Tags {
  readonly title: string | null;
  readonly artist: string | null;
  readonly album: string | null;
  /** Beats per minute, 20 to 400. */
  readonly bpm: number | null;
  /** As it is written: "Am", "8A", "1m" and many more. */
  readonly key: string | null;
  /** What was odd about the tags. */
  readonly warnings: readonly string[];
}

const MAXIMUM_CHARACTERS = 500;
const MAXIMUM_WARNINGS = 5;
const PATIENCE_MS = 5000;
const SLOWEST_BPM = 20;
const FASTEST_BPM = 400;

/** One line of readable text, without controls of direction, or null when nothing is left. */
function clean(text: string | undefined): string | null {
  if (typeof text !== 'string') return null;
  const line = text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
  return line === '' ? null : line.slice(0, MAXIMUM_CHARACTERS);
}

/** Fields that hold a tempo: of ID3, Vorbis comments and MP4. */
const TEMPO_FIELD = /(?:^T?|:)BPM$|^TEMPO$/i;

/** A tempo somebody may have meant: 0 stands for none in many files. The library's own value has no fraction. */
function tempoOf({ common, native }: IAudioMetadata): number | null {
  const written = Object.values(native)
    .flat()
    .find(({ id, value }) => TEMPO_FIELD.test(id) && typeof value === 'string')?.value;
  const bpm = typeof written === 'string' ? Number(written.replace(',', '.')) : (common.bpm ?? 0);
  return bpm >= SLOWEST_BPM && bpm <= FASTEST_BPM ? bpm : null;
}

const OPTIONS = { duration: false, skipCovers: true } as const;

async function parse(path: AudioPath): Promise<IAudioMetadata> {
  const { parseFile, parseStream } = await import('music-metadata');
  return typeof path === 'string' ? parseFile(path, OPTIONS) : parseStream(createReadStream(path), undefined, OPTIONS);
}

const NO_TAGS = { title: null, artist: null, album: null, bpm: null, key: null } as const;

/** Reads title, artist, album, tempo and key. Never throws: tags that are missing or damaged give nulls, and a warning. */
export async function readTags(path: AudioPath): Promise<Tags> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end after ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
  });
  try {
    const metadata = await Promise.race([parse(path), tooLong]);
    const { common, quality } = metadata;
    return {
      title: clean(common.title),
      artist: clean(common.artist),
      album: clean(common.album),
      bpm: tempoOf(metadata),
      key: clean(common.key),
      warnings: quality.warnings.slice(0, MAXIMUM_WARNINGS).map(({ message }) => `tags: ${clean(message) ?? ''}`),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ...NO_TAGS, warnings: [`tags could not be read: ${clean(reason) ?? ''}`] };
  } finally {
    clearTimeout(timer);
  }
}
