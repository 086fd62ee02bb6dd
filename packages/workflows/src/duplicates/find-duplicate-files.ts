import { DUPLICATES_SCHEMA, type Duplicates } from '@tutti/contract';
import { Kernels } from '@tutti/dsp';
import { type DuplicatePair, findDuplicates } from '@tutti/music/similarity';
import { WorkflowError } from '../failure.ts';
import { chooseKeeper } from './choose-keeper.ts';
import type { RecordingFile } from './recording-file.ts';

export interface FindDuplicateFilesOptions {
  /** Also files of which one has most of the other in it, such as a radio edit. */
  readonly edits?: boolean | undefined;
  readonly signal?: AbortSignal;
  /** Called with how many of the files have been compared. */
  readonly onProgress?: (done: number, all: number) => void;
}

/**
 * Groups of files that hold one recording: every sample equal, or another encoding, gain, silence or a cut start.
 * @returns groups in the order of their first file; each file in at most one
 * @throws WorkflowError 'unsupported' when the analyses are of different versions; the signal's reason
 */
export function findDuplicateFiles(files: readonly RecordingFile[], options: FindDuplicateFilesOptions): Duplicates[] {
  const { edits = false, signal, onProgress } = options;
  const byPath = new Map(files.map((file) => [file.path, file]));
  const sounds = [...byPath.values()].flatMap(({ path, sound }) => (sound ? [{ id: path, ...sound }] : []));
  const models = new Set(sounds.map((sound) => sound.models));
  if (models.size > 1)
    throw new WorkflowError(
      'unsupported',
      `the analyses are of different versions (${[...models].join('; ')}): analyse the files anew to compare them`,
    );
  const pairs = findDuplicates(new Kernels(), sounds, {
    edits,
    onTrack: (done) => {
      signal?.throwIfAborted();
      onProgress?.(done, sounds.length);
    },
  });
  return groupsOf([...byPath.values()], pairs).map((group) => told(group, pairs));
}

/** Files that are joined by pairs or by the same samples, directly or over others; only groups of two and more. */
function groupsOf(files: readonly RecordingFile[], pairs: readonly DuplicatePair[]): RecordingFile[][] {
  const leader = new Map(files.map(({ path }) => [path, path]));
  const leaderOf = (path: string): string => {
    let at = path;
    while (leader.get(at) !== at) at = leader.get(at)!;
    leader.set(path, at);
    return at;
  };
  const firstOfSound = new Map<string, string>();
  const join = (a: string, b: string) => leader.set(leaderOf(b), leaderOf(a));
  for (const { path, audioHash } of files) {
    const first = firstOfSound.get(audioHash);
    if (first === undefined) firstOfSound.set(audioHash, path);
    else join(first, path);
  }
  for (const { a, b } of pairs) join(a, b);
  const groups = new Map<string, RecordingFile[]>();
  for (const file of files) {
    const group = groups.get(leaderOf(file.path));
    if (group) group.push(file);
    else groups.set(leaderOf(file.path), [file]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

function told(group: readonly RecordingFile[], pairs: readonly DuplicatePair[]): Duplicates {
  const { keeper, reason } = chooseKeeper(group);
  return {
    schema: DUPLICATES_SCHEMA,
    keep: keeper.path,
    reason,
    files: group.map((file) => {
      const { path, audioHash, title, format } = file;
      const { seconds, codec, lossless } = format;
      return { path, audioHash, title, ...relationTo(keeper, file, pairs), seconds, codec, lossless };
    }),
  };
}

function relationTo(
  keeper: RecordingFile,
  file: RecordingFile,
  pairs: readonly DuplicatePair[],
): Pick<Duplicates['files'][number], 'relation' | 'offsetSeconds' | 'errorRate'> {
  if (file === keeper) return { relation: 'kept', offsetSeconds: 0, errorRate: 0 };
  if (file.audioHash === keeper.audioHash) return { relation: 'same sound', offsetSeconds: 0, errorRate: 0 };
  const pair = pairs.find(
    ({ a, b }) => (a === keeper.path && b === file.path) || (b === keeper.path && a === file.path),
  );
  // Joined over a third file: a copy of a copy.
  if (!pair) return { relation: 'same recording', offsetSeconds: null, errorRate: null };
  return {
    relation: pair.relation === 'same' ? 'same recording' : 'edit',
    offsetSeconds: pair.a === keeper.path ? pair.offsetSeconds : -pair.offsetSeconds,
    errorRate: pair.errorRate,
  };
}
