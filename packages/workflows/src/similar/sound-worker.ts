// The thread that has the sounds of a library in its memory, and answers which are near to each other.
import { Kernels } from '@tutti/dsp';
import type { SoundPlace } from '@tutti/library';
import { type IsAllowed, SoundIndex, sonicPath } from '@tutti/music/similarity';
import { camelotDistance, type Key, parseKey, tempoStep } from '@tutti/music/theory';

/** Which tracks may be answered; `meant` are their files, all when absent. */
export interface AllowedSounds {
  readonly meant?: Float64Array | undefined;
  readonly harmonic?: boolean | undefined;
  readonly tempoWithin?: number | undefined;
  readonly otherArtists?: boolean | undefined;
}

export type SoundTask =
  | { readonly kind: 'put'; readonly places: readonly SoundPlace[] }
  | { readonly kind: 'keep'; readonly files: readonly number[] }
  | { readonly kind: 'nearest'; readonly file: number; readonly most: number; readonly allowed: AllowedSounds }
  | {
      readonly kind: 'path';
      readonly from: number;
      readonly to: number;
      readonly between: number;
      readonly allowed: AllowedSounds;
    };

/** Files with their distances; null when the track asked about lies nowhere. */
export type SoundAnswer = readonly { readonly file: number; readonly distance: number }[] | null;

interface Facts {
  readonly file: number;
  readonly bpm: number | null;
  readonly key: Key | undefined;
  readonly artists: readonly number[];
}

let index: SoundIndex | undefined;
/** By row of the index. */
const facts: Facts[] = [];
const rowOfFile = new Map<number, number>();
/** Tracks that can be asked for at once. */
const MOST = 10_000;

export async function soundTask(task: SoundTask): Promise<SoundAnswer> {
  switch (task.kind) {
    case 'put':
      for (const place of task.places) put(place);
      return null;
    case 'keep':
      keep(task.files);
      return null;
    case 'nearest': {
      const { file, most, allowed } = task;
      const values = index?.vectorOf(String(file));
      if (!index || !values) return null;
      const isAllowed = allowedOf(allowed, factsOf(file));
      // One more than is wanted: the nearest of all is most often the track itself.
      const near = index.nearest(values, Math.min(most + 1, MOST), isAllowed && ((_, row) => isAllowed(row)));
      return answered(near)
        .filter((each) => each.file !== file)
        .slice(0, most);
    }
    case 'path': {
      const { from, to, between, allowed } = task;
      if (!index || [from, to].some((file) => index!.rowOf(String(file)) === undefined)) return null;
      const isAllowed = allowedOf(allowed, factsOf(from));
      const mayLieBetween: IsAllowed | undefined = isAllowed && ((_, row) => isAllowed(row));
      return answered(sonicPath(index, { from: String(from), to: String(to) }, between, mayLieBetween));
    }
  }
}

function put({ file, values, bpm, camelot, artists }: SoundPlace): void {
  const id = String(file);
  if (index) index.put(id, values);
  else index = new SoundIndex(new Kernels(), [{ id, values }]);
  const row = index.rowOf(id)!;
  rowOfFile.set(file, row);
  facts[row] = { file, bpm, key: camelot === null ? undefined : parseKey(camelot), artists };
}

function keep(files: readonly number[]): void {
  const kept = new Set(files);
  for (const file of rowOfFile.keys()) {
    if (kept.has(file)) continue;
    index?.remove(String(file));
    rowOfFile.delete(file);
  }
}

function factsOf(file: number): Facts {
  return facts[rowOfFile.get(file)!]!;
}

function answered(near: readonly { readonly id: string; readonly distance: number }[]): NonNullable<SoundAnswer> {
  return near.map(({ id, distance }) => ({ file: Number(id), distance }));
}

/** What may be answered, by row; undefined for all. What a rule looks at and is not known of a track leaves it out. */
function allowedOf(
  { meant, harmonic, tempoWithin, otherArtists }: AllowedSounds,
  asked: Facts,
): ((row: number) => boolean) | undefined {
  if (!meant && !harmonic && tempoWithin === undefined && !otherArtists) return undefined;
  const rows = meant && new Uint8Array(facts.length);
  for (const file of meant ?? []) {
    const row = rowOfFile.get(file);
    if (row !== undefined) rows![row] = 1;
  }
  return (row) => {
    if (rows && rows[row] === 0) return false;
    const { bpm, key, artists } = facts[row]!;
    if (harmonic && !(asked.key && key && camelotDistance(asked.key, key) <= 1)) return false;
    if (otherArtists && (artists.length === 0 || artists.some((artist) => asked.artists.includes(artist))))
      return false;
    if (tempoWithin === undefined) return true;
    return asked.bpm !== null && bpm !== null && Math.abs(tempoStep(asked.bpm, bpm).ratio - 1) <= tempoWithin;
  };
}
