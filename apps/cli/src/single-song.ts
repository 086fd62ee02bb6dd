import { stat } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';

/** Twelve minutes of stereo on a CD. */
const LARGEST_SONG_BYTES = 2 ** 27;

/** Of V8; each turns something off. */
export const HURRY_FLAGS: readonly string[] = ['--no-opt', '--no-incremental-marking'];

let hurried = false;

/** Whether there is one file, and it is no longer than a song: what is longer must not hold up Ctrl-C when it is over. */
export async function isSingleSong(files: readonly (string | Buffer)[]): Promise<boolean> {
  if (files.length !== 1) return false;
  return stat(files[0]!).then(
    ({ size }) => size <= LARGEST_SONG_BYTES,
    () => false,
  );
}

/**
 * Leaves out the last of V8's compilers for JavaScript, which takes longer than it saves in a single song (the kernels have
 * their own), and looking for garbage beside the work: what a song leaves behind is gone through in one go.
 */
export function hurry(): void {
  for (const flag of HURRY_FLAGS) setFlagsFromString(flag);
  hurried = true;
}

/** Whether this process was told to hurry. */
export function isHurried(): boolean {
  return hurried;
}
