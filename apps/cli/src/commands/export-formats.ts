import { EXPORT_FORMATS, type ExportFormat, type PreparedFile } from '@tutti/workflows';
import { InvalidArgumentError } from 'commander';
import { shownName, type Terminal } from '../terminal/terminal.ts';

const FORMAT_NAMES = Object.keys(EXPORT_FORMATS) as ExportFormat[];

/** What each of them is. */
export const FORMATS_HELP = FORMAT_NAMES.map((name) => `${name} (${EXPORT_FORMATS[name].what})`).join(', ');

/** A parser for commander: names of formats with commas between, each once. */
export function exportFormats(text: string): ExportFormat[] {
  const formats = text.split(',').map((name) => {
    const format = FORMAT_NAMES.find((known) => known === name.trim());
    if (!format) throw new InvalidArgumentError(`"${name.trim()}" is none of ${FORMAT_NAMES.join(', ')}.`);
    return format;
  });
  return [...new Set(formats)];
}

/** Says what was written, and what the other side will not do with it. */
export function reportExport(files: readonly PreparedFile[], terminal: Terminal): void {
  for (const { format, path, remarks } of files) {
    for (const remark of remarks) terminal.complain(`${shownName(path)}: ${shownName(remark)}`);
    terminal.say(`${shownName(path)}: ${EXPORT_FORMATS[format].what}`);
  }
}
