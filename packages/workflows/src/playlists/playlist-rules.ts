import { readFile } from 'node:fs/promises';
import type { PlaylistPreview } from '@tutti/contract';
import { PLAYLIST_PREVIEW_SCHEMA } from '@tutti/contract';
import { checkedRule, type Database, type PlaylistPlace, type PlaylistRule, previewRule } from '@tutti/library';
import { FilterError, parseFilter, pointedAt } from '@tutti/music/filter';
import { failureOf, WorkflowError } from '../failure.ts';
import { askedHere, trackLine } from '../lists/list-library.ts';

/** Bytes of a file with a rule; the largest filter has some tens of thousands. */
const LARGEST_RULE = 2 ** 20;

/**
 * Reads the rule of a smart playlist from a JSON file: `{"filter": words or tree, "sort"?, "limit"?}`.
 * @throws WorkflowError 'missing', 'denied', 'corrupt', 'unsupported' that points at the place in the words; LibraryError that names it in the tree
 */
export async function readRuleFile(path: string): Promise<PlaylistRule> {
  const bytes = await readFile(path).catch((error: unknown) => {
    const isGone = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const reason = isGone ? 'there is no such file' : failureOf(error).message;
    throw new WorkflowError(isGone ? 'missing' : 'denied', `${path} cannot be read: ${reason}`, error);
  });
  if (bytes.length > LARGEST_RULE)
    throw new WorkflowError('limit', `${path} has ${bytes.length} bytes; a rule has at most ${LARGEST_RULE}`);
  let document: unknown;
  try {
    document = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new WorkflowError('corrupt', `${path} is no JSON: ${failureOf(error).message}`, error);
  }
  return checkedRule(withReadFilter(document));
}

/** A rule whose filter may be in words. */
function withReadFilter(document: unknown): unknown {
  if (typeof document !== 'object' || document === null || !('filter' in document)) return document;
  const { filter: words } = document;
  if (typeof words !== 'string') return document;
  try {
    return { ...document, filter: parseFilter(words), words };
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    throw new WorkflowError('unsupported', `filter: ${error.message}\n${pointedAt(words, error)}`, error);
  }
}

/** What a rule finds now: how many tracks, and the first of them. */
export async function previewOf(library: Database, rule: PlaylistRule, rows: number): Promise<PlaylistPreview> {
  const { count, first } = await previewRule(library, rule, askedHere(), rows);
  return { schema: PLAYLIST_PREVIEW_SCHEMA, rule: ruleLine(rule), tracks: count, first: first.map(trackLine) };
}

/** A rule as it is told outside. */
export function ruleLine({ filter, ...rule }: PlaylistRule): PlaylistPreview['rule'] {
  return { ...rule, filter: { ...filter } };
}

/** What a person calls a playlist, with its folders before it: `Sets/Friday`. */
export function playlistPlace(named: string): PlaylistPlace {
  const parts = named.split('/');
  return { folders: parts.slice(0, -1), name: parts.at(-1)! };
}
