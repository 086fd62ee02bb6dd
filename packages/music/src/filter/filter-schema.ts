import { z } from 'zod';
import { ALL_KEYS, camelotOf } from '../theory/index.ts';
import { daysOf } from './days.ts';
import {
  type DateField,
  FIELD_NAMES,
  FIELDS,
  type FieldKind,
  type FieldName,
  type NumberField,
  type TextField,
} from './fields.data.ts';
import { DEEPEST, type Filter, LONGEST_FILTER, MOST_DAYS, MOST_RULES } from './filter.ts';
import { foldText } from './fold-text.ts';

/** The fields of some kinds, as a schema. */
function fieldsOf<Name extends FieldName>(...kinds: readonly FieldKind[]): z.ZodType<Name> {
  const names = FIELD_NAMES.filter((name): name is Name => kinds.includes(FIELDS[name].kind));
  return z.enum(names as [Name, ...Name[]]) as z.ZodType<Name>;
}

const words = z
  .string()
  .max(LONGEST_FILTER)
  .refine((text) => foldText(text) !== '', 'it has no letters or digits');
const day = z.string().refine((text) => /^\d{4}-\d\d-\d\d$/.test(text) && daysOf(text) !== undefined, 'it is no day');
const bound = z.number().nullable();
const camelot = z.enum(ALL_KEYS.map(camelotOf) as [string, ...string[]]);

const tree: z.ZodType<Filter> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(['all', 'any']), of: z.array(tree).max(MOST_RULES).readonly() }),
    z.strictObject({ kind: z.literal('not'), of: tree }),
    z.strictObject({ kind: z.literal('words'), words, phrase: z.boolean() }),
    z.strictObject({
      ...{ kind: z.literal('text'), field: fieldsOf<TextField>('text') },
      ...{ text: z.string().max(LONGEST_FILTER), exact: z.boolean() },
    }),
    z.strictObject({
      ...{ kind: z.literal('range'), field: fieldsOf<NumberField>('number', 'duration', 'year') },
      ...{ from: bound, to: bound, without: z.enum(['none', 'from', 'to', 'both']) },
    }),
    z.strictObject({ kind: z.literal('keys'), camelot: z.array(camelot).min(1).readonly() }),
    z.strictObject({
      ...{ kind: z.literal('date'), field: fieldsOf<DateField>('date'), from: day.nullable(), to: day.nullable() },
    }),
    z.strictObject({
      ...{ kind: z.literal('age'), field: fieldsOf<DateField>('date') },
      ...{ days: z.number().min(0).max(MOST_DAYS), older: z.boolean() },
    }),
    z.strictObject({ kind: z.literal('known'), field: z.enum(FIELD_NAMES as [FieldName]), known: z.boolean() }),
  ]),
);

/** Levels and rules of a tree of unknown make; counted before it is read, so that a deep one does no harm. */
function size(value: unknown, level: number): { readonly rules: number; readonly levels: number } {
  if (level > 2 * DEEPEST || typeof value !== 'object' || value === null) return { rules: 0, levels: level };
  const { of } = value as { of?: unknown };
  if (of === undefined) return { rules: 1, levels: level };
  const parts = (Array.isArray(of) ? of : [of]).map((each) => size(each, level + 1));
  return {
    rules: parts.reduce((sum, { rules }) => sum + rules, 0),
    levels: Math.max(level, ...parts.map(({ levels }) => levels)),
  };
}

/** A filter as a tree that came from outside, such as the rules of a smart playlist: as deep and as large as one in words may be. */
export const filterSchema: z.ZodType<Filter> = z
  .unknown()
  .superRefine((value, context) => {
    const { rules, levels } = size(value, 0);
    if (rules > MOST_RULES) context.addIssue({ code: 'custom', message: `it has over ${MOST_RULES} rules` });
    // A level in words may be two in the tree: a list in a list.
    if (levels > 2 * DEEPEST - 1) context.addIssue({ code: 'custom', message: `it is too deep` });
  })
  .pipe(tree);
