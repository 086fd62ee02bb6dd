import { type DateField, FIELDS, type FieldName, type NumberField, type TextField } from './fields.data.ts';
import type { Filter, RangeRule } from './filter.ts';
import { foldText } from './fold-text.ts';

/** What is known of a track; what is left out, null or empty is not known. */
export interface FilterFacts {
  readonly texts: Readonly<Partial<Record<TextField, readonly string[]>>>;
  readonly numbers: Readonly<Partial<Record<NumberField, number | null>>>;
  /** Camelot code. */
  readonly key: string | null;
  /** The day as YYYY-MM-DD where the asker lives, and how many days it is before now. */
  readonly dates: Readonly<Partial<Record<DateField, { readonly day: string; readonly daysAgo: number } | null>>>;
}

/** Where words without a field are looked for. */
export const WORD_FIELDS: readonly TextField[] = ['title', 'artist', 'albumartist', 'album', 'genre'];

/** Whether a track is one of those meant. What is not known matches no rule about its value. */
export function matchesFilter(filter: Filter, facts: FilterFacts): boolean {
  switch (filter.kind) {
    case 'all':
      return filter.of.every((each) => matchesFilter(each, facts));
    case 'any':
      return filter.of.some((each) => matchesFilter(each, facts));
    case 'not':
      return !matchesFilter(filter.of, facts);
    case 'words':
      return hasWords(filter.words, filter.phrase, facts);
    case 'text': {
      const wanted = foldText(filter.text);
      const folded = (facts.texts[filter.field] ?? []).map(foldText);
      return folded.some((text) => (filter.exact ? text === wanted : contains(text, wanted)));
    }
    case 'range': {
      const value = facts.numbers[filter.field] ?? null;
      return value !== null && inRange(value, filter);
    }
    case 'keys':
      return facts.key !== null && filter.camelot.includes(facts.key);
    case 'date': {
      const date = facts.dates[filter.field];
      return (
        !!date && (filter.from === null || date.day >= filter.from) && (filter.to === null || date.day <= filter.to)
      );
    }
    case 'age': {
      const date = facts.dates[filter.field];
      return !!date && date.daysAgo > filter.days === filter.older;
    }
    case 'known':
      return isKnown(filter.field, facts) === filter.known;
  }
}

function inRange(value: number, { from, to, without }: RangeRule): boolean {
  const above = from === null || value > from || (value === from && without !== 'from' && without !== 'both');
  const below = to === null || value < to || (value === to && without !== 'to' && without !== 'both');
  return above && below;
}

/** Whether whole words of a folded text are these, one after the other, the last one perhaps longer. */
function contains(text: string, wanted: string): boolean {
  return ` ${text}`.includes(` ${wanted}`);
}

function hasWords(words: string, phrase: boolean, facts: FilterFacts): boolean {
  const texts = WORD_FIELDS.flatMap((field) => facts.texts[field] ?? []).map(foldText);
  const wanted = foldText(words);
  if (phrase) return texts.some((text) => ` ${text} `.includes(` ${wanted} `));
  return wanted.split(' ').every((word) => texts.some((text) => contains(text, word)));
}

function isKnown(field: FieldName, facts: FilterFacts): boolean {
  switch (FIELDS[field].kind) {
    case 'text':
      return (facts.texts[field as TextField] ?? []).some((text) => foldText(text) !== '');
    case 'key':
      return facts.key !== null;
    case 'date':
      return (facts.dates[field as DateField] ?? null) !== null;
    default:
      return (facts.numbers[field as NumberField] ?? null) !== null;
  }
}
