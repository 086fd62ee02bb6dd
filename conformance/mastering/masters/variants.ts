import { join } from 'node:path';
import type { MasterPlan } from '@tutti/music/mastering';
import { runFfmpeg, waveArguments } from '../programs/run-ffmpeg.ts';
import type { Song } from './song-list.ts';

/**
 * What makes a song one that deserves a behaviour which a corpus may lack. Finished songs are seldom quiet, and songs under a
 * free licence are seldom pressed as hard as some that are sold.
 */
interface Variant {
  readonly madeBy: string;
  /** Of ffmpeg. */
  readonly filter: string;
}

const QUIET: Variant = { madeBy: '18 dB softer', filter: 'volume=-18dB' };
/** Soft below, with its strokes left as they are: an upward expander, as of a take that nobody levelled. */
const UNCONTROLLED: Variant = {
  madeBy: 'expanded with ffmpeg (compand), 12 dB softer',
  filter: 'compand=attacks=0.001:decays=0.2:points=-80/-110|-40/-62|-20/-32|0/0,volume=-12dB',
};
const PRESSED: Variant = {
  madeBy: 'pressed with ffmpeg (acompressor, 12 dB into alimiter)',
  filter:
    'acompressor=threshold=-20dB:ratio=4:attack=5:release=80:makeup=6dB,volume=12dB,alimiter=limit=0.98:attack=1:release=20:level=0',
};

/** The songs that variants are made of: those whose figures lie nearest to what the variant is to be. */
export interface MeasuredSong {
  readonly song: Song;
  readonly crestDb: number;
}

const MOST_OF_EACH = 4;

/** Makes songs for the behaviours that songs may lack: quiet ones, uncontrolled ones, over-compressed ones. */
export async function makeVariants(
  measured: readonly MeasuredSong[],
  folder: string,
  isLacking: (kind: MasterPlan['behaviour']['kind']) => boolean,
): Promise<Song[]> {
  const byCrest = measured.toSorted((a, b) => a.crestDb - b.crestDb);
  const dynamic = byCrest.filter(({ crestDb }) => crestDb >= 15.5 && crestDb < 19.5);
  const wanted = [
    ...(isLacking('compress-light') ? dynamic.slice(0, MOST_OF_EACH).map((each) => [each, QUIET] as const) : []),
    ...(isLacking('compress-heavy') ? byCrest.slice(-MOST_OF_EACH).map((each) => [each, UNCONTROLLED] as const) : []),
    ...(isLacking('expand') ? byCrest.slice(0, MOST_OF_EACH).map((each) => [each, PRESSED] as const) : []),
  ];
  const made: Song[] = [];
  for (const [{ song }, { madeBy, filter }] of wanted) {
    const name = `${song.name}-${madeBy.split(' ', 2).join('-')}`;
    const path = join(folder, `${name}.wav`);
    await runFfmpeg(['-i', song.path, '-af', filter, ...waveArguments(44_100, path)]);
    made.push({ name, path, madeBy });
  }
  return made;
}
