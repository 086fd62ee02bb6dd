import { createReadStream } from 'node:fs';
import { type Database, fileById } from '@tutti/library';
import { type AudioPath, fileStamp, type StreamFormat, soundEnding, transcode } from '@tutti/media';
import { WorkflowError } from '../failure.ts';
import { fullPath } from '../scan/scan-options.ts';

/** The file of a track, as it is sent. */
export interface TrackSound {
  readonly path: AudioPath;
  /** Readable. */
  readonly name: string;
  /** In lower case; empty where its name says nothing of sound. */
  readonly ending: string;
  readonly size: number;
  readonly modifiedUs: number;
  /** Its bytes from `start` to before `end`. */
  read(span: { readonly start: number; readonly end: number }): AsyncIterable<Uint8Array>;
}

/** @throws WorkflowError 'missing'; MediaError 'missing', 'denied' where its file cannot be looked at */
export async function soundById(library: Database, id: number): Promise<TrackSound> {
  const place = await fileById(library, id);
  if (place === undefined) throw new WorkflowError('missing', `the library has no track ${id}`);
  const path = fullPath(place.root, place.path);
  const { size, modifiedUs } = await fileStamp(path);
  return {
    ...{ path, name: place.name, ending: soundEnding(place.name) ?? '', size, modifiedUs },
    async *read({ start, end }) {
      if (end > start) yield* createReadStream(path, { start, end: end - 1 }) as AsyncIterable<Buffer>;
    },
  };
}

/**
 * The sound of a track in another format, as it is made.
 * @throws MediaError where ffmpeg is not there or can make nothing of it
 */
export function soundAs(
  { path }: TrackSound,
  format: StreamFormat,
  startSeconds: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  return transcode(path, { format, startSeconds, signal });
}
