import { type Filter, looseWords, nearWords, withMeantWords } from '@tutti/music/filter';
import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { wholeColumn } from '../database/values.ts';
import { refreshLists } from './refresh-lists.ts';

/** A word that begins no word of the library, and those that it was taken for. */
export interface ForgivenWord {
  readonly typed: string;
  readonly meant: readonly string[];
}

export interface ForgivenFilter {
  readonly filter: Filter;
  readonly words: readonly ForgivenWord[];
}

const wordRow = z.object({ id: wholeColumn, word: z.string() });

/** The words of a library, as far as they have been read: new ones are added at the end. */
interface Vocabulary {
  last: number;
  readonly words: string[];
}
const vocabularies = new WeakMap<Database, Vocabulary>();

/**
 * A filter with the words that no track has taken for those that are nearest to them. Words in quotes, and those of a field, stay
 * as they are.
 */
export async function forgiveWords(database: Database, filter: Filter): Promise<ForgivenFilter> {
  const typed = looseWords(filter);
  if (typed.length === 0) return { filter, words: [] };
  await refreshLists(database);
  const unknown = await database.rows(
    z.object({ typed: z.string() }),
    `SELECT t.value AS typed FROM json_array_elements_text($1::json) t
     WHERE NOT EXISTS (SELECT FROM listing WHERE words @@ ('''' || t.value || ''':*')::tsquery)`,
    [JSON.stringify(typed.filter((word) => word !== ''))],
  );
  if (unknown.length === 0) return { filter, words: [] };
  const vocabulary = await readVocabulary(database);
  const words = unknown.flatMap(({ typed: word }) => {
    const meant = nearWords(word, vocabulary);
    return meant.length === 0 ? [] : [{ typed: word, meant }];
  });
  return { filter: withMeantWords(filter, new Map(words.map(({ typed: word, meant }) => [word, meant]))), words };
}

async function readVocabulary(database: Database): Promise<readonly string[]> {
  const known = vocabularies.get(database) ?? { last: 0, words: [] };
  vocabularies.set(database, known);
  const rows = await database.rows(wordRow, 'SELECT id, word FROM listed_word WHERE id > $1 ORDER BY id', [known.last]);
  // Of two who read at the same time, one is behind.
  for (const { id, word } of rows) {
    if (id <= known.last) continue;
    known.words.push(word);
    known.last = id;
  }
  return known.words;
}
