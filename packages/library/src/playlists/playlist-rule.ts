import { type Filter, filterSchema } from '@tutti/music/filter';
import { z } from 'zod';
import { LibraryError, reasonOf } from '../errors.ts';
import { parseSort } from '../lists/sorts.ts';

/** What finds the tracks of a smart playlist. */
export interface PlaylistRule {
  readonly filter: Filter;
  /** The filter as it was typed; null of one that came as a tree. */
  readonly words: string | null;
  /** As `parseSort` reads it; the usual order when null. */
  readonly sort: string | null;
  /** How many tracks, at most; all of them when null. */
  readonly limit: number | null;
}

/** Tracks that a smart playlist without a limit has, at most, and entries of a list. */
export const MOST_ENTRIES = 100_000;
const LONGEST_WORDS = 2000;

const sortSchema = z.string().superRefine((text, context) => {
  try {
    parseSort(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: reasonOf(error) });
  }
});

export const playlistRuleSchema: z.ZodType<PlaylistRule> = z.strictObject({
  filter: filterSchema,
  words: z.string().max(LONGEST_WORDS).nullable().default(null),
  sort: sortSchema.nullable().default(null),
  limit: z.int().min(1).max(MOST_ENTRIES).nullable().default(null),
});

/**
 * Holds a rule that came from outside to what a rule can be.
 * @throws LibraryError 'unsupported' that names each place in the tree, such as `filter.of[1].camelot[0]`
 */
export function checkedRule(rule: unknown): PlaylistRule {
  const checked = playlistRuleSchema.safeParse(rule);
  if (checked.success) return checked.data;
  const places = checked.error.issues.map(({ path, message }) => `${z.core.toDotPath(path) || 'the rule'}: ${message}`);
  throw new LibraryError('unsupported', `this rule of a smart playlist cannot be used: ${places.join('; ')}`, {
    cause: checked.error,
  });
}
