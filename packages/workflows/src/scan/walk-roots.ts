import {
  addFiles,
  changeFiles,
  type Database,
  knownFiles,
  noteUnreadable,
  type Root,
  setMissing,
  setPictures,
  setRootThere,
  type WalkedFile,
} from '@tutti/library';
import { pathBytes, pathOf, type SeenPicture, walkAudio } from '@tutti/media';
import type { BesidePicture } from '../artwork/beside-pictures.ts';
import { failureOf } from '../failure.ts';
import type { StepOptions } from './scan-options.ts';

/** Files that are noted at once. */
const BATCH = 1000;

interface Unreadable {
  readonly name: string;
  readonly path: Buffer;
  readonly reason: ReturnType<typeof failureOf>;
}

/** Walks through roots, one after another, and notes what is new, changed and gone. Nothing is read but names and times. */
export async function walkRoots(
  library: Database,
  scan: number,
  roots: readonly Root[],
  options: StepOptions,
): Promise<void> {
  let before = 0;
  const expected = roots.reduce((sum, { files }) => sum + files, 0);
  for (const root of roots) {
    const { onProgress } = options;
    before += await walkRoot(library, scan, root, {
      ...options,
      onProgress: (progress) =>
        onProgress?.({ ...progress, done: before + progress.done, total: expected === 0 ? null : expected }),
    });
  }
}

/** @returns how many files are there */
async function walkRoot(library: Database, scan: number, root: Root, options: StepOptions): Promise<number> {
  const { signal, onProgress } = options;
  const known = new Map((await knownFiles(library, root.id)).map((file) => [file.path.toString('latin1'), file]));
  const unreadable: Unreadable[] = [];
  const added: WalkedFile[] = [];
  const changed: { id: number; size: number; modifiedUs: number }[] = [];
  const back: number[] = [];
  const pictured: { id: number; pictures: string | null }[] = [];
  const picturesText = textOfPictures(root.path);
  const waiting = () => added.length + changed.length + back.length + pictured.length;
  let seen = 0;
  const flush = async () => {
    if (waiting() === 0) return;
    await library.transaction(async (queries) => {
      await addFiles(queries, root.id, scan, added.splice(0));
      await changeFiles(queries, scan, changed.splice(0));
      await setMissing(queries, back.splice(0), false);
      await setPictures(queries, pictured.splice(0));
    });
  };
  const walk = walkAudio([pathOf(root.path)], { signal, pictures: true });
  for await (const { path: whole, name, stamp, error, pictures: seenBeside = [] } of walk) {
    const bytes = pathBytes(whole);
    if (stamp === undefined) {
      unreadable.push({ name, path: bytes, reason: failureOf(error) });
      continue;
    }
    seen += 1;
    const path = below(root.path, bytes);
    const key = path.toString('latin1');
    const file = known.get(key);
    known.delete(key);
    const pictures = picturesText(seenBeside);
    if (file !== undefined && file.pictures !== pictures) pictured.push({ id: file.id, pictures });
    if (file === undefined) added.push({ path, name, ...stamp, pictures });
    else if (file.size !== stamp.size || file.modifiedUs !== stamp.modifiedUs) changed.push({ id: file.id, ...stamp });
    else if (file.missing) back.push(file.id);
    onProgress?.({ step: 'walk', done: seen, total: null, name });
    if (waiting() >= BATCH) await flush();
  }
  await flush();
  await settle(library, root, seen, [...known.values()], unreadable);
  return seen;
}

/** Pictures beside a file as the library notes them. All files of a folder share one list, and so one text. */
function textOfPictures(root: Buffer): (pictures: readonly SeenPicture[]) => string | null {
  let last: { readonly pictures: readonly SeenPicture[]; readonly text: string | null } | undefined;
  return (pictures) => {
    if (last?.pictures !== pictures) last = { pictures, text: picturesBeside(root, pictures) };
    return last.text;
  };
}

function picturesBeside(root: Buffer, pictures: readonly SeenPicture[]): string | null {
  const noted = pictures.map(
    ({ path, stamp }): BesidePicture => [below(root, path).toString('hex'), stamp.size, stamp.modifiedUs],
  );
  return noted.length === 0 ? null : JSON.stringify(noted);
}

/** After a walk: what was not come across is missing, unless it may be where nobody could look, or the root is away. */
async function settle(
  library: Database,
  root: Root,
  seen: number,
  notSeen: readonly { readonly id: number; readonly path: Buffer; readonly missing: boolean }[],
  unreadable: readonly Unreadable[],
): Promise<void> {
  const itself = unreadable.find(({ path }) => path.equals(root.path));
  // An empty folder where there was music is where a disk is mounted at other times.
  const away = itself?.reason.kind === 'missing' || (seen === 0 && unreadable.length === 0 && root.files > 0);
  const places = unreadable.map(({ path }) => below(root.path, path));
  const gone = notSeen.filter(({ path, missing }) => !missing && !places.some((place) => isWithin(path, place)));
  await library.transaction(async (queries) => {
    await setRootThere(queries, root.id, !away);
    await noteUnreadable(queries, root.id, away ? [] : unreadable);
    if (!away && itself === undefined)
      await setMissing(
        queries,
        gone.map(({ id }) => id),
        true,
      );
  });
}

const SLASH = '/'.charCodeAt(0);

/** What of a path lies below a root; empty for the root itself. */
function below(root: Buffer, path: Buffer): Buffer {
  return path.subarray(root.at(-1) === SLASH ? root.length : Math.min(path.length, root.length + 1));
}

function isWithin(path: Buffer, place: Buffer): boolean {
  if (!path.subarray(0, place.length).equals(place)) return false;
  return path.length === place.length || path[place.length] === SLASH;
}
