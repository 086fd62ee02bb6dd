import { join } from 'node:path';
import { composeSong, DEMO_SONGS } from '@tutti/demo-songs';
import { readManifest } from '../corpus-manifest.ts';
import { runFfmpeg } from '../programs/run-ffmpeg.ts';
import type { NamedSignal } from '../signal.ts';
import { composedSignals } from '../signals/composed.ts';
import { readWave } from '../wave-file.ts';

/** The signals made by formula, and the first demo songs, cut to their middle. */
export function* ownSongs(demoSongs: number, seconds: number): Generator<NamedSignal> {
  yield* composedSignals();
  for (const spec of DEMO_SONGS.slice(0, demoSongs)) {
    const { clip } = composeSong(spec);
    const frames = clip.channels[0]!.length;
    const kept = Math.min(frames, Math.round(seconds * clip.sampleRate));
    const from = Math.floor((frames - kept) / 2);
    const channels = clip.channels.map((samples) => Float64Array.from(samples.subarray(from, from + kept)));
    yield { name: spec.title, signal: { sampleRate: clip.sampleRate, channels } };
  }
}

/**
 * `count` songs of a corpus, evenly over its list, cut to their middle and decoded by ffmpeg.
 * @param corpus folder whose manifest.json lists {id, path, kind, seconds}
 */
export async function* corpusSongs(
  corpus: string,
  count: number,
  seconds: number,
  folder: string,
): AsyncGenerator<NamedSignal> {
  const manifest = (await readManifest(corpus)).filter((song) => song.seconds >= seconds);
  const taken = Math.min(count, manifest.length);
  for (let i = 0; i < taken; i++) {
    const song = manifest[Math.floor((i * manifest.length) / taken)]!;
    const path = join(folder, 'song.wav');
    const cut = ['-ss', ((song.seconds - seconds) / 2).toFixed(3), '-t', String(seconds)];
    await runFfmpeg([...cut, '-i', join(corpus, song.path), '-c:a', 'pcm_f32le', '-f', 'wav', path]);
    yield { name: song.id, signal: await readWave(path) };
  }
}
