import {
  FIELDS,
  type FieldName,
  type Filter,
  foldText,
  type RangeRule,
  type TextField,
  type TextRule,
  WORD_FIELDS,
  type WordsRule,
} from '@tutti/music/filter';
import { LONGEST_WORD, markedWord } from './listing-row.ts';
import type { Parameters } from './parameters.ts';

/** When and where somebody asks: what an age is counted from, and whose days are meant. */
export interface Asked {
  readonly now: Date;
  /** A name of the IANA time zone database, such as Europe/Berlin. */
  readonly timeZone: string;
}

const DAY_MILLISECONDS = 86_400_000;

/**
 * A filter as a condition on the table `listing`: true of the rows of which `matchesFilter` is true of what they are made
 * from, within a `WHERE`.
 */
export function filterSql(filter: Filter, asked: Asked, parameters: Parameters): string {
  switch (filter.kind) {
    case 'all':
      return joined(filter.of, 'AND', 'true', asked, parameters);
    case 'any':
      return joined(filter.of, 'OR', 'false', asked, parameters);
    case 'not':
      // What is not known makes a condition neither true nor false, and so matches what it is not.
      return `(${filterSql(filter.of, asked, parameters)}) IS NOT TRUE`;
    case 'words':
      return wordsSql(filter, parameters);
    case 'text':
      return textSql(filter, parameters);
    case 'range':
      return rangeSql(filter, parameters);
    case 'keys':
      return filter.camelot.length === 0
        ? 'false'
        : `camelot IN (${filter.camelot.map((code) => parameters.of(code)).join(', ')})`;
    case 'date': {
      const { field, from, to } = filter;
      const start = (day: string, later: number) =>
        `((${parameters.of(day)}::date + ${later})::timestamp AT TIME ZONE ${parameters.of(asked.timeZone)})`;
      const bounds = [
        ...(from === null ? [] : [`${field} >= ${start(from, 0)}`]),
        ...(to === null ? [] : [`${field} < ${start(to, 1)}`]),
      ];
      return bounds.length === 0 ? `${field} IS NOT NULL` : `(${bounds.join(' AND ')})`;
    }
    case 'age': {
      const before = new Date(Math.ceil(asked.now.getTime() - filter.days * DAY_MILLISECONDS));
      return `${filter.field} ${filter.older ? '<' : '>='} ${parameters.of(before)}::timestamptz`;
    }
    case 'known':
      return filter.known ? knownSql(filter.field) : `(${knownSql(filter.field)}) IS NOT TRUE`;
  }
}

function joined(of: readonly Filter[], by: 'AND' | 'OR', none: string, asked: Asked, parameters: Parameters): string {
  return of.length === 0 ? none : `(${of.map((each) => filterSql(each, asked, parameters)).join(` ${by} `)})`;
}

function rangeSql({ field, from, to, without }: RangeRule, parameters: Parameters): string {
  const bounds = [
    ...(from === null
      ? []
      : [`${field} >${without === 'from' || without === 'both' ? '' : '='} ${parameters.of(from)}`]),
    ...(to === null ? [] : [`${field} <${without === 'to' || without === 'both' ? '' : '='} ${parameters.of(to)}`]),
  ];
  return bounds.length === 0 ? `${field} IS NOT NULL` : `(${bounds.join(' AND ')})`;
}

function knownSql(field: FieldName): string {
  switch (FIELDS[field].kind) {
    case 'text':
      return `btrim(${field}, E' \\n') <> ''`;
    case 'key':
      return 'camelot IS NOT NULL';
    default:
      return `${field} IS NOT NULL`;
  }
}

function textSql({ field, text, exact }: TextRule, parameters: Parameters): string {
  const wanted = foldText(text);
  const words = wanted === '' ? [] : wanted.split(' ');
  const like = exact ? `%\n ${wanted} \n%` : `% ${wanted}%`;
  const isSaidByWords = !exact && words.length === 1 && words[0]!.length <= LONGEST_WORD;
  return both(
    words.length === 0 ? null : hasWordsSql(field, words, !exact, parameters),
    isSaidByWords ? null : `${field} LIKE ${parameters.of(like)}`,
  );
}

function wordsSql({ words: text, phrase }: WordsRule, parameters: Parameters): string {
  const wanted = foldText(text);
  const words = wanted === '' ? [] : wanted.split(' ');
  if (phrase) {
    const like = parameters.of(`% ${wanted} %`);
    return both(
      words.length === 0 ? null : hasWordsSql(null, words, false, parameters),
      `(${WORD_FIELDS.map((field) => `${field} LIKE ${like}`).join(' OR ')})`,
    );
  }
  if (words.length === 0) return `(${WORD_FIELDS.map((field) => `${field} <> ''`).join(' OR ')})`;
  return words
    .map((word) => {
      const like = word.length <= LONGEST_WORD ? null : parameters.of(`% ${word}%`);
      return both(
        hasWordsSql(null, [word], true, parameters),
        like === null ? null : `(${WORD_FIELDS.map((field) => `${field} LIKE ${like}`).join(' OR ')})`,
      );
    })
    .join(' AND ');
}

function both(words: string | null, like: string | null): string {
  const parts = [words, like].filter((part) => part !== null);
  return parts.length === 1 ? parts[0]! : `(${parts.join(' AND ')})`;
}

/** All words, the last one perhaps longer: by the index. Folded words have nothing in them that a query could mistake. */
function hasWordsSql(
  field: TextField | null,
  words: readonly string[],
  prefix: boolean,
  parameters: Parameters,
): string {
  const last = words.length - 1;
  const query = words.map((word, i) => `'${markedWord(field, word)}'${prefix && i === last ? ':*' : ''}`).join(' & ');
  return `words @@ ${parameters.of(query)}::tsquery`;
}
