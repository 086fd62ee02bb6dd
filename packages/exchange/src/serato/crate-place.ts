import { type FilePlace, pathOf } from '../paths/file-place.ts';

/** Between a crate and those in it, in the name of its file. */
const SEPARATOR = '%%';
const ENDING = /\.crate$/i;
/** Where a Mac mounts drives. */
const MOUNTS = 'Volumes';

/** The crates around a crate, outermost first, and its name, by the name of its file. */
export function placeOfCrate(file: string): { readonly folders: readonly string[]; readonly name: string } {
  const names = file.replace(ENDING, '').split(SEPARATOR);
  return { folders: names.slice(0, -1), name: names.at(-1)! };
}

/**
 * The name of the file of a crate. Signs that files of some system cannot have in their names are replaced.
 * Source of what cannot be in a name: Microsoft, "Naming Files, Paths, and Namespaces".
 */
export function fileOfCrate({ folders, name }: { readonly folders: readonly string[]; readonly name: string }): string {
  const parts = [...folders, name].map(
    (part) =>
      part
        .toWellFormed()
        .replaceAll(SEPARATOR, '%')
        .replace(/[/\\:*?"<>|\p{Cc}]/gu, '_')
        .replace(/^%+|[%. ]+$/g, '') || '_',
  );
  return `${parts.join(SEPARATOR)}.crate`;
}

/**
 * What a crate calls a file: its path from the root of its drive.
 * @param drive where the drive is; when null that of the letter, what a Mac mounts below /Volumes, or else the root of the system
 * @returns null for a file on another drive
 */
export function pathInCrate(place: FilePlace, drive: FilePlace | null): string | null {
  if (drive === null) {
    const isMounted = place.root === 'posix' && place.names[0] === MOUNTS && place.names.length > 2;
    return place.root === 'share' ? null : place.names.slice(isMounted ? 2 : 0).join('/') || null;
  }
  const [path, root] = [pathOf(place), pathOf({ ...drive, names: [...drive.names, '_'] }).slice(0, -1)];
  return path.startsWith(root) && path.length > root.length ? place.names.slice(drive.names.length).join('/') : null;
}
