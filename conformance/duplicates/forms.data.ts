/** A form in which a recording comes into a collection, made of a WAV file by ffmpeg. */
export interface Form {
  readonly name: string;
  /** Of the file. */
  readonly ending: string;
  /** Between input and output. */
  readonly arguments: readonly string[];
}

const MP3 = (rate: string) => ['-c:a', 'libmp3lame', '-b:a', rate];

/** Forms of the whole recording. */
export const FORMS: readonly Form[] = [
  { name: 'FLAC', ending: 'flac', arguments: [] },
  { name: 'FLAC at 48 kHz', ending: 'flac', arguments: ['-ar', '48000'] },
  { name: 'FLAC, mono', ending: 'flac', arguments: ['-ac', '1'] },
  { name: 'FLAC, 12 dB quieter', ending: 'flac', arguments: ['-af', 'volume=-12dB'] },
  { name: 'MP3 320', ending: 'mp3', arguments: MP3('320k') },
  { name: 'MP3 192', ending: 'mp3', arguments: MP3('192k') },
  { name: 'MP3 128', ending: 'mp3', arguments: MP3('128k') },
  { name: 'MP3 96', ending: 'mp3', arguments: MP3('96k') },
  { name: 'MP3 64, mono, 22.05 kHz', ending: 'mp3', arguments: [...MP3('64k'), '-ac', '1', '-ar', '22050'] },
  { name: 'MP3 VBR', ending: 'mp3', arguments: ['-c:a', 'libmp3lame', '-q:a', '4'] },
  {
    name: 'MP3 128, limited by 6 dB',
    ending: 'mp3',
    arguments: ['-af', 'volume=6dB,alimiter=level=false', ...MP3('128k')],
  },
  { name: 'MP3 128, 3 s of silence before', ending: 'mp3', arguments: ['-af', 'adelay=3000:all=1', ...MP3('128k')] },
  { name: 'MP3 128, without its first 1.7 s', ending: 'mp3', arguments: ['-ss', '1.7', ...MP3('128k')] },
  { name: 'MP3 192, treble up by 4 dB', ending: 'mp3', arguments: ['-af', 'treble=g=4', ...MP3('192k')] },
  { name: 'Vorbis q1', ending: 'ogg', arguments: ['-c:a', 'libvorbis', '-q:a', '1'] },
  { name: 'Vorbis q6', ending: 'ogg', arguments: ['-c:a', 'libvorbis', '-q:a', '6'] },
  { name: 'Opus 64', ending: 'opus', arguments: ['-c:a', 'libopus', '-b:a', '64k'] },
  { name: 'Opus 128', ending: 'opus', arguments: ['-c:a', 'libopus', '-b:a', '128k'] },
  { name: 'AAC 128', ending: 'm4a', arguments: ['-c:a', 'aac', '-b:a', '128k'] },
  { name: 'AAC 256, 3 dB quieter', ending: 'm4a', arguments: ['-af', 'volume=-3dB', '-c:a', 'aac', '-b:a', '256k'] },
];

/** What is left of a recording in an edit: its middle third is cut out. */
export function editArguments(seconds: number): string[] {
  const [from, to] = [seconds / 3, (2 * seconds) / 3].map((time) => time.toFixed(3));
  return ['-af', `aselect='not(between(t,${from},${to}))',asetpts=N/SR/TB`, ...MP3('192k')];
}
