import { type FilePlace, placeOf, type Relocation } from '@tutti/workflows';
import { InvalidArgumentError } from 'commander';

/** A parser for commander, once for each rule: FOLDER=FOLDER, both absolute. */
export function relocation(text: string, rules: readonly Relocation[]): Relocation[] {
  const [, from, to] = /^(.+?)=((?:[A-Za-z]:[\\/]|\/|\\\\).*)$/.exec(text) ?? [];
  try {
    return [...rules, { from: placeOf(from ?? ''), to: placeOf(to ?? '') }];
  } catch {
    throw new InvalidArgumentError('it must be two absolute folders, as /mnt/music=M:\\Music has them.');
  }
}

/** A parser for commander: an absolute folder, of this system or another. */
export function absoluteFolder(text: string): FilePlace {
  try {
    return placeOf(text);
  } catch {
    throw new InvalidArgumentError('it must be an absolute folder, as /media/usb and M:\\ are.');
  }
}
