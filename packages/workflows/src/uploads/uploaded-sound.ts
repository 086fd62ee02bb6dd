import { openAudio, soundEnding } from '@tutti/media';
import { WorkflowError } from '../failure.ts';
import type { UploadedFormat } from './upload.ts';

/** Longest sound that may be uploaded, as its file declares it; what is longer than that is found when it is listened to. */
const MOST_SECONDS = 12 * 3600;

/** Endings of files by ffmpeg's and our names for their containers, for names that have none. */
const ENDINGS: Readonly<Record<string, string>> = {
  wav: 'wav',
  aiff: 'aiff',
  flac: 'flac',
  ogg: 'ogg',
  mp3: 'mp3',
  aac: 'aac',
  'mov,mp4,m4a,3gp,3g2,mj2': 'm4a',
  'matroska,webm': 'mka',
  asf: 'wma',
  wv: 'wv',
  ape: 'ape',
  caf: 'caf',
};

/**
 * What a file holds, by its content: its beginning is decoded.
 * @param name that it was given
 * @returns with the ending that its name is to have
 * @throws MediaError where it is no sound, damaged or empty; WorkflowError 'limit' where it is too long, 'unsupported'
 */
export async function examineSound(path: string, name: string): Promise<{ format: UploadedFormat; ending: string }> {
  const source = await openAudio(path).catch((error: unknown) => {
    // The file is known by its place; who sent it knows it by its name.
    if (error instanceof Error) error.message = error.message.replaceAll(path, name);
    throw error;
  });
  try {
    const { container, codec, sampleRate, channels, seconds } = source.format;
    if (seconds !== null && seconds > MOST_SECONDS) {
      throw new WorkflowError('limit', `${name} lasts ${seconds} s; a song may last up to ${MOST_SECONDS} s`);
    }
    for await (const block of source.blocks()) if (block.frames > 0) break;
    const ending = soundEnding(name) ?? ENDINGS[container];
    if (ending === undefined) {
      throw new WorkflowError('unsupported', `${name} holds ${container}: give it the ending that such files have`);
    }
    return { format: { container, codec, sampleRate, channels, seconds }, ending };
  } finally {
    await source.close();
  }
}

/** Longest name of a file, in bytes: file systems take 255, and an ending may be added. */
const MOST_NAME_BYTES = 200;

/** A name that every system takes, out of one that a person gave: no path, no hidden file, no name of a device. */
export function soundName(given: string): string {
  const last = given.split(/[/\\]/).at(-1)!;
  const plain = last
    .normalize('NFC')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
    .replace(/[\u0000-\u001f\u007f-\u009f<>:"|?*]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const dot = plain.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [plain.slice(0, dot), plain.slice(dot)] : [plain, ''];
  const free = /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(stem) ? `${stem}_` : stem;
  return `${cut(free, MOST_NAME_BYTES - Math.min(20, Buffer.byteLength(ending)))}${cut(ending, 20)}` || 'song';
}

/** As many whole characters as fit. */
function cut(text: string, bytes: number): string {
  let kept = '';
  for (const character of text) {
    if (Buffer.byteLength(kept + character) > bytes) break;
    kept += character;
  }
  return kept;
}
