import type { RecordingFile } from './recording-file.ts';

/** What is looked at one after the other: what is first decides, unless the files are about equal in it. */
interface Merit {
  readonly of: (file: RecordingFile) => number;
  /** Differences up to this are none. */
  readonly within: number;
  /** Why one with `more` is kept and not one with `less`. */
  readonly words: (more: number, less: number) => string;
}

const WORD_SECONDS = 0.08;
/** Above it nobody hears a higher sample rate. */
const ENOUGH_RATE = 44_100;

const MERITS: readonly Merit[] = [
  {
    of: ({ sound, format }) =>
      sound ? WORD_SECONDS * sound.words.reduce((heard, word) => heard + (word === 0 ? 0 : 1), 0) : format.seconds,
    within: 1,
    words: (more, less) => `it is complete: ${(more - less).toFixed(1)} s more of it are heard`,
  },
  { of: ({ format }) => Number(format.lossless), within: 0, words: () => 'it is lossless' },
  {
    of: ({ format }) => Math.min(2, format.channels),
    within: 0,
    words: () => 'it has two channels',
  },
  {
    of: ({ format }) => Math.min(ENOUGH_RATE, format.sampleRate),
    within: 0,
    words: (more, less) => `its sample rate is ${more === ENOUGH_RATE ? 'at least ' : ''}${more} Hz, not ${less}`,
  },
  {
    of: ({ crestDb }) => crestDb ?? 0,
    within: 1,
    words: (more, less) => `its peaks are whole: ${(more - less).toFixed(1)} dB more over the mean`,
  },
  {
    of: ({ format }) => format.bitsPerSample ?? 0,
    within: 0,
    words: (more, less) => `it has ${more} bits, not ${less}`,
  },
  { of: ({ tags }) => tags, within: 0, words: () => 'its tags know more' },
];

/** The file to keep of several that hold one recording, and why; of equal ones the first by its path. */
export function chooseKeeper(files: readonly RecordingFile[]): {
  readonly keeper: RecordingFile;
  readonly reason: string;
} {
  let left = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const reasons: string[] = [];
  for (const { of, within, words } of MERITS) {
    const values = left.map(of);
    const [most, least] = [Math.max(...values), Math.min(...values)];
    if (most - least <= within) continue;
    reasons.push(words(most, least));
    left = left.filter((_, i) => values[i]! >= most - within);
  }
  return {
    keeper: left[0]!,
    reason: reasons.length > 0 ? reasons.join('; ') : 'all are equal; it comes first by its path',
  };
}
