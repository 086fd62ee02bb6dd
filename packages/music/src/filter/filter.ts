import type { DateField, FieldName, NumberField, TextField } from './fields.data.ts';

/**
 * Which tracks are meant, as a tree: what a filter in words is read into, what rules of a smart playlist are, and
 * what a search is made from. What a track does not have, it does not match; so a `not` of it does.
 */
export type Filter =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Filter[] }
  | { readonly kind: 'not'; readonly of: Filter }
  | WordsRule
  | TextRule
  | RangeRule
  | KeysRule
  | DateRule
  | AgeRule
  | KnownRule;

/** In title, artist, album or genre: a beginning of a word, or with `phrase` whole words one after the other. */
export interface WordsRule {
  readonly kind: 'words';
  readonly words: string;
  readonly phrase: boolean;
}

/** The field contains these words, or is them with `exact`; case, accents and signs do not matter. */
export interface TextRule {
  readonly kind: 'text';
  readonly field: TextField;
  readonly text: string;
  readonly exact: boolean;
}

/** From `from` to `to`, both within; null is no bound. */
export interface RangeRule {
  readonly kind: 'range';
  readonly field: NumberField;
  readonly from: number | null;
  readonly to: number | null;
  /** Bounds that are themselves outside. */
  readonly without: 'none' | 'from' | 'to' | 'both';
}

/** One of these keys, in Camelot codes. */
export interface KeysRule {
  readonly kind: 'keys';
  readonly camelot: readonly string[];
}

/** On a day from `from` to `to`, both within, as YYYY-MM-DD; null is no bound. */
export interface DateRule {
  readonly kind: 'date';
  readonly field: DateField;
  readonly from: string | null;
  readonly to: string | null;
}

/** At most, or more than, so many days before now. */
export interface AgeRule {
  readonly kind: 'age';
  readonly field: DateField;
  readonly days: number;
  readonly older: boolean;
}

/** Whether it is known at all: `genre:any`, `key:none`. */
export interface KnownRule {
  readonly kind: 'known';
  readonly field: FieldName;
  readonly known: boolean;
}

/** Limits of a filter, in words or as a tree. */
export const LONGEST_FILTER = 2000;
export const MOST_RULES = 200;
export const DEEPEST = 20;
/** A number of days that an age may be. */
export const MOST_DAYS = 36_525;
