import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TECHNIQUES } from '@tutti/workflows';
import { COMMANDS, commandNamed } from './commands.ts';
import type { ArgumentKind } from './editor-command.ts';

/** What is completed from. */
export interface Completed {
  readonly plan: { readonly tracks: readonly unknown[] };
  readonly request: { readonly joins: readonly unknown[] };
  readonly spare: readonly { readonly title: string }[];
}

/** What a line that is being written may go on with, and the part of it that this replaces. */
export function completeLine(line: string, editor: Completed): [string[], string] {
  const [, before, last] = /^(.*?)("[^"]*|\S*)$/s.exec(line)!;
  const [name, ...words] = before!.trim().split(/\s+/).filter(Boolean);
  const kind = name === undefined ? undefined : commandNamed(name)?.takes[words.length];
  const all = name === undefined ? COMMANDS.map(({ names }) => names[0]) : kind ? candidates(kind, last!, editor) : [];
  const start = last!.replace(/^"/, '').toLowerCase();
  const hits = all.filter((word) => word.toLowerCase().startsWith(start)).map(quoted);
  return [hits, last!];
}

function candidates(kind: ArgumentKind, start: string, editor: Completed): string[] {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));
  switch (kind) {
    case 'track':
      return numbers(editor.plan.tracks.length);
    case 'join':
      return numbers(editor.request.joins.length);
    case 'name':
      return editor.spare.map(({ title }) => title);
    case 'technique':
      return [...TECHNIQUES];
    case 'file':
      return filesFrom(start.replace(/^"/, ''));
  }
}

/** Names in the folder that a path leads into. */
function filesFrom(start: string): string[] {
  const folder = start.endsWith('/') ? start : dirname(start || '.');
  try {
    return readdirSync(folder, { withFileTypes: true }).map((entry) => {
      const path = folder === '.' && !start.startsWith('.') ? entry.name : join(folder, entry.name);
      return entry.isDirectory() ? `${path}/` : path;
    });
  } catch {
    return [];
  }
}

function quoted(word: string): string {
  return /[\s"'\\]/.test(word) ? `"${word.replace(/["\\]/g, '\\$&')}"` : word;
}
