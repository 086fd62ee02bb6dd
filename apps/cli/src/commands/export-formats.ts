import { EXPORT_FORMATS, type ExportFormat, LIBRARY_FORMATS, type PreparedFile } from '@tutti/workflows';
import { InvalidArgumentError } from 'commander';
import { UsageError } from '../exit-code.ts';
import { shownName, type Terminal } from '../terminal/terminal.ts';

export const EXPORT_FORMAT_NAMES = Object.keys(EXPORT_FORMATS) as ExportFormat[];

/** What each of them is. */
export const FORMATS_HELP = EXPORT_FORMAT_NAMES.map((name) => `${name} (${EXPORT_FORMATS[name].what})`).join(', ');

/** A parser for commander: names of formats of a set with commas between, each once. */
export function exportFormats(text: string): ExportFormat[] {
  return namesAmong(text.split(','), EXPORT_FORMAT_NAMES);
}

/** The same of formats of a set or of the library. */
export function anyFormats(text: string): string[] {
  return namesAmong(text.split(','), [...new Set<string>([...EXPORT_FORMAT_NAMES, ...LIBRARY_FORMATS])]);
}

function namesAmong<Name extends string>(names: readonly string[], known: readonly Name[]): Name[] {
  const found = names.map((name) => {
    const format = known.find((each) => each === name.trim());
    if (!format) throw new InvalidArgumentError(`"${name.trim()}" is none of ${known.join(', ')}.`);
    return format;
  });
  return [...new Set(found)];
}

/** Formats of those that something can be exported in. @throws UsageError */
export function formatsAmong<Name extends string>(
  names: readonly string[],
  known: readonly Name[],
  what: string,
): Name[] {
  return names.map((name) => {
    const format = known.find((each) => each === name);
    if (!format) throw new UsageError(`${what} is not exported as ${name}: there are ${known.join(', ')}`);
    return format;
  });
}

/** Says what was written, and what the other side will not do with it. */
export function reportExport(files: readonly PreparedFile[], terminal: Terminal): void {
  for (const { format, path, remarks } of files) {
    for (const remark of remarks) terminal.complain(`${shownName(path)}: ${shownName(remark)}`);
    terminal.say(`${shownName(path)}: ${EXPORT_FORMATS[format].what}`);
  }
}
