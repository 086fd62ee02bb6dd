import { FileBytes } from '../../decode/file-bytes.ts';
import { type Sniffed, sniff } from '../../decode/sniff.ts';
import { editChunks } from './edit-chunks.ts';
import { editFlac } from './edit-flac.ts';
import { editMp3 } from './edit-mp3.ts';
import { editMp4 } from './edit-mp4.ts';
import { editOgg } from './edit-ogg.ts';
import type { Splice } from './splice.ts';
import { cannotWrite, type TagChanges } from './tag-change.ts';

/**
 * What has to become of a file's bytes for its tags to say something else: the least that does it. Nothing is written; nothing is
 * to be done when the result is empty.
 * @throws MediaError 'unsupported' (no tags are written into such files), 'corrupt' (its tags are damaged), 'limit', 'missing',
 * 'denied'
 */
export async function planTagEdit(path: string, changes: TagChanges): Promise<Splice[]> {
  const file = await FileBytes.open(path);
  try {
    return await editorOf(await sniff(file), file)(changes);
  } finally {
    await file.close();
  }
}

function editorOf(found: Sniffed | undefined, file: FileBytes): (changes: TagChanges) => Promise<Splice[]> {
  if (found?.kind === 'mp3') return (changes) => editMp3(file, changes);
  if (found?.kind === 'flac') return (changes) => editFlac(file, found.start, changes);
  if (found?.kind === 'ogg') return (changes) => editOgg(file, found.start, changes);
  if (found?.kind === 'wav' || found?.kind === 'aiff') return (changes) => editChunks(file, found.start, changes);
  if (found?.kind === 'foreign' && found.demuxer === 'mov') return (changes) => editMp4(file, changes);
  throw cannotWrite(file.name, 'MP3, FLAC, Ogg, MP4, WAV and AIFF files can have them');
}
