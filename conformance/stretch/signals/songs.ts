import { join } from 'node:path';
import { composeSong, DEMO_SONGS } from '@tutti/demo-songs';
import { decodeFile } from '@tutti/media';
import { readManifest } from '../../mastering/corpus-manifest.ts';
import type { Signal } from '../../mastering/signal.ts';
import { signalOf } from './sound-file.ts';

/** A composed song, which can be composed at another tempo. */
export interface ComposedSong {
  readonly name: string;
  make(ratio: number): Signal;
}

const BARS = 5;
/** Of a song: what rings on after its last bar is the same at any tempo. */
const KEPT_BARS = 4;

/** The loudest parts of the demo songs, evenly over their list. */
export function composedSongs(count: number): ComposedSong[] {
  const taken = Math.min(count, DEMO_SONGS.length);
  return Array.from({ length: taken }, (_, i) => {
    const spec = DEMO_SONGS[Math.floor((i * DEMO_SONGS.length) / taken)]!;
    return {
      name: spec.title,
      make(ratio) {
        const { clip } = composeSong({
          ...spec,
          bpm: spec.bpm / ratio,
          leadInSeconds: 0.25 * ratio,
          arrangement: [{ label: 'drop', bars: BARS }],
        });
        const seconds = ratio * (0.25 + (KEPT_BARS * spec.meter * 60) / spec.bpm);
        const frames = Math.round(seconds * clip.sampleRate);
        const channels = clip.channels.map((samples) => Float64Array.from(samples.subarray(0, frames)));
        return { sampleRate: clip.sampleRate, channels };
      },
    };
  });
}

/** Kinds of a corpus that are recordings or mixes, before renderings of scores. */
const ALIKE = ['piano', 'synth'];

/**
 * Songs of a corpus, evenly over its list, cut to their middle.
 * @param corpus folder whose manifest.json lists {id, path, kind, seconds}
 */
export async function* corpusSongs(
  corpus: string,
  count: number,
  seconds: number,
): AsyncGenerator<{ name: string; signal: Signal }> {
  const listed = (await readManifest(corpus)).filter((song) => song.seconds >= seconds);
  const many = listed.filter(({ kind }) => ALIKE.includes(kind));
  const manifest = [...listed.filter(({ kind }) => !ALIKE.includes(kind)), ...many.filter((_, i) => i % 5 === 0)];
  const taken = Math.min(count, manifest.length);
  for (let i = 0; i < taken; i++) {
    const song = manifest[Math.floor((i * manifest.length) / taken)]!;
    const { clip } = await decodeFile(join(corpus, song.path));
    const from = Math.floor(((song.seconds - seconds) / 2) * clip.sampleRate);
    yield { name: song.id, signal: signalOf(clip, from, from + Math.round(seconds * clip.sampleRate)) };
  }
}
