import { AUDIO_ENDINGS } from './audio-endings.data.ts';

/** The ending of a name, in lower case, where files with it are taken for sound when a folder is walked; else undefined. */
export function soundEnding(name: string): string | undefined {
  const ending = /.\.([^.]+)$/s.exec(name)?.[1]?.toLowerCase();
  return ending !== undefined && AUDIO_ENDINGS.has(ending) ? ending : undefined;
}
