import type { Failure } from '@tutti/contract';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { shownName, type Terminal } from './terminal.ts';

/** A file that could not be used. */
export interface FailedItem {
  readonly path: string;
  readonly error: Failure;
}

/** Names a failed file and the reason, on stderr. */
export function reportFailure(item: FailedItem, terminal: Terminal): void {
  terminal.complain(failureText(item));
}

/** Most messages name the file themselves, and it is not named twice. */
export function failureText({ path, error }: FailedItem): string {
  const named = error.message.includes(path) ? '' : `${shownName(path)}: `;
  return `${named}${shownName(error.message)} (${error.kind})`;
}

/** Which exit code failures make: that of a missing program only when nothing else failed. */
export function exitCodeOf(failures: readonly FailedItem[]): ExitCode {
  if (failures.length === 0) return EXIT.done;
  return failures.every(({ error }) => error.needs !== undefined) ? EXIT.programMissing : EXIT.itemsFailed;
}
