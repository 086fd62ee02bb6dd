import type { AudioPath } from '../decode/file-bytes.ts';
import { nativeTag, taggedTempo } from './native-tags.ts';
import { cleanText, parseTags } from './parse-tags.ts';

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

const MAXIMUM_WARNINGS = 5;
const NO_TAGS = { title: null, artist: null, album: null, bpm: null, key: null } as const;

/** Reads title, artist, album, tempo and key. Never throws: tags that are missing or damaged give nulls, and a warning. */
export async function readTags(path: AudioPath): Promise<Tags> {
  try {
    const metadata = await parseTags(path);
    const { common, quality } = metadata;
    return {
      title: cleanText(common.title),
      artist: cleanText(common.artist),
      album: cleanText(common.album),
      bpm: taggedTempo(metadata),
      key: cleanText(common.key ?? nativeTag(metadata, 'key')),
      warnings: quality.warnings.slice(0, MAXIMUM_WARNINGS).map(({ message }) => `tags: ${cleanText(message) ?? ''}`),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ...NO_TAGS, warnings: [`tags could not be read: ${cleanText(reason) ?? ''}`] };
  }
}
