import { basename } from 'node:path';

/** Bytes that a name may have without its ending: file systems take 255, with room for a number. */
const MOST_BYTES = 200;
/** Windows keeps these for devices, whatever follows the first dot. */
const DEVICE_NAME = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * Names for the pictures of some files: that of the file with what could mean something to a shell, a terminal or a
 * file system replaced, and `.svg`. No two are the same, also where capitals do not count.
 */
export function pictureNames(paths: readonly string[]): string[] {
  const taken = new Set<string>();
  return paths.map((path) => {
    const stem = safeName(basename(path));
    let name = `${stem}.svg`;
    for (let copy = 2; taken.has(name.toLowerCase()); copy++) name = `${stem}-${copy}.svg`;
    taken.add(name.toLowerCase());
    return name;
  });
}

function safeName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N} ._()+,&-]/gu, '_')
    .replace(/^[.\- ]+/, '_');
  const whole = DEVICE_NAME.test(plain) ? `_${plain}` : plain || '_';
  let kept = '';
  for (const character of whole) {
    if (Buffer.byteLength(kept + character) > MOST_BYTES) break;
    kept += character;
  }
  return kept;
}
