import { camelotOf, parseKey } from '../theory/index.ts';
import { dayBeside, daysOf } from './days.ts';
import {
  type DateField,
  FIELDS,
  type FieldName,
  type FieldRule,
  type NumberField,
  type TextField,
} from './fields.data.ts';
import { type Filter, MOST_DAYS, type RangeRule } from './filter.ts';

export type Comparison = ':' | '=' | '>' | '>=' | '<' | '<=';

const DAYS_OF: Readonly<Record<string, number>> = { h: 1 / 24, d: 1, w: 7, m: 30.4375, y: 365.25 };
const AGE = /^(\d+(?:\.\d+)?)([hdwmy])$/i;
const HARMONIC = /^~/;

/** A value that a field cannot have; the message says what it can. */
export class ValueError extends Error {
  override readonly name = 'ValueError';
}

/** The rule that a field, a comparison and one value make. @throws ValueError */
export function readValue(field: FieldName, comparison: Comparison, value: string): Filter {
  const rule: FieldRule = FIELDS[field];
  const word = value.toLowerCase();
  if (word === 'any' || word === 'none') {
    if (comparison !== ':' && comparison !== '=') throw new ValueError(`"${value}" goes with ":" only`);
    return { kind: 'known', field, known: word === 'any' };
  }
  switch (rule.kind) {
    case 'text':
      // Which fields are of which kind is said once, in the table; the compiler cannot follow it through `rule`.
      return textRule(field as TextField, comparison, value);
    case 'key':
      return keysRule(comparison, value);
    case 'date':
      return dateRule(field as DateField, comparison, value);
    default:
      return numberRule(field as NumberField, rule, comparison, value);
  }
}

/** Text as it is written in quotes: never `any`, `none` or a range. */
export function quotedValue(field: FieldName, comparison: Comparison, value: string): Filter {
  return FIELDS[field].kind === 'text'
    ? textRule(field as TextField, comparison, value)
    : readValue(field, comparison, value);
}

function textRule(field: TextField, comparison: Comparison, text: string): Filter {
  if (comparison !== ':' && comparison !== '=')
    throw new ValueError(`${field} is text: it goes with ":" (contains) or "=" (is)`);
  if (text.trim() === '') throw new ValueError(`${field} needs some text; ${field}:none finds what has none`);
  return { kind: 'text', field, text, exact: comparison === '=' };
}

function keysRule(comparison: Comparison, value: string): Filter {
  if (comparison !== ':' && comparison !== '=') throw new ValueError('key goes with ":" or "="');
  const [from, to, ...rest] = value.split('..').map((part) => camelotIn(part.replace(HARMONIC, '')));
  if (from === undefined || rest.length > 0) throw new ValueError(KEY_FORMS);
  if (HARMONIC.test(value)) {
    if (to !== undefined) throw new ValueError('~ goes with one key: ~8A is 8A and what mixes with it');
    return { kind: 'keys', camelot: harmonicWith(from) };
  }
  if (to === undefined) return { kind: 'keys', camelot: [codeOf(from)] };
  if (from.ring !== to.ring)
    throw new ValueError(`a range of keys stays on one ring: ${codeOf(from)}..${to.hour}${from.ring}`);
  const count = ((to.hour - from.hour + 12) % 12) + 1;
  const hours = Array.from({ length: count }, (_, step) => ((from.hour - 1 + step) % 12) + 1);
  return { kind: 'keys', camelot: hours.map((hour) => codeOf({ hour, ring: from.ring })) };
}

const KEY_FORMS = 'a key is written 8A, Am or 1m, some as 8A..10A or 8A,8B, what mixes with one as ~8A';

interface Camelot {
  readonly hour: number;
  readonly ring: string;
}

function camelotIn(text: string): Camelot {
  const key = parseKey(text);
  if (!key) throw new ValueError(`"${text}" is no key; ${KEY_FORMS}`);
  const code = camelotOf(key);
  return { hour: Number(code.slice(0, -1)), ring: code.slice(-1) };
}

function codeOf({ hour, ring }: Camelot): string {
  return `${hour}${ring}`;
}

/** A key, its neighbours on the wheel and its relative: what a DJ mixes without thinking. */
function harmonicWith({ hour, ring }: Camelot): string[] {
  const beside = (step: number) => ({ hour: ((hour - 1 + step + 12) % 12) + 1, ring });
  return [{ hour, ring }, beside(-1), beside(1), { hour, ring: ring === 'A' ? 'B' : 'A' }].map(codeOf);
}

function dateRule(field: DateField, comparison: Comparison, value: string): Filter {
  const age = AGE.exec(value);
  if (age) {
    const days = Number(age[1]) * DAYS_OF[age[2]!.toLowerCase()]!;
    if (days > MOST_DAYS) throw new ValueError(`${value} is more than 100 years`);
    return { kind: 'age', field, days, older: comparison.startsWith('>') };
  }
  const [from, to, ...rest] = value.split('..').map((part) => (part === '' ? null : daysIn(part)));
  if (rest.length > 0 || from === undefined || (from === null && (to ?? null) === null))
    throw new ValueError(DATE_FORMS);
  if (to !== undefined) {
    if (comparison !== ':' && comparison !== '=') throw new ValueError(`a range goes with ":", not "${comparison}"`);
    const rule = { kind: 'date', field, from: from?.first ?? null, to: to?.last ?? null } as const;
    if (rule.from !== null && rule.to !== null && rule.from > rule.to)
      throw new ValueError(`${value} ends before it begins`);
    return rule;
  }
  const { first, last } = from!;
  switch (comparison) {
    case '>=':
      return { kind: 'date', field, from: first, to: null };
    case '>':
      return { kind: 'date', field, from: dayBeside(last, 'after'), to: null };
    case '<=':
      return { kind: 'date', field, from: null, to: last };
    case '<':
      return { kind: 'date', field, from: null, to: dayBeside(first, 'before') };
    default:
      return { kind: 'date', field, from: first, to: last };
  }
}

const DATE_FORMS = 'a date is written 2026, 2026-05, 2026-05-31 or 2026-01..2026-03, an age as <30d (h, d, w, m or y)';

function daysIn(text: string): { readonly first: string; readonly last: string } {
  const days = daysOf(text);
  if (!days) throw new ValueError(`"${text}" is no date; ${DATE_FORMS}`);
  return days;
}

const RANGE = /^(.*?)\.\.(.*)$/;
/** Two numbers with a hyphen between; a hyphen before a number is its sign. */
const HYPHEN = /^(-?[^-]+)-(-?[^-]+)$/;

function numberRule(field: NumberField, rule: FieldRule, comparison: Comparison, value: string): Filter {
  const range = RANGE.exec(value) ?? HYPHEN.exec(value);
  if (range) {
    if (comparison !== ':' && comparison !== '=') throw new ValueError(`a range goes with ":", not "${comparison}"`);
    const from = range[1] === '' ? null : numberIn(field, rule, range[1]!);
    const to = range[2] === '' ? null : numberIn(field, rule, range[2]!);
    if (from === null && to === null) throw new ValueError(`".." needs a ${field} before or after it`);
    if (from !== null && to !== null && from > to) throw new ValueError(`${value} ends before it begins`);
    return rangeRule(field, from, to);
  }
  const decade = rule.kind === 'year' ? /^(\d{3}0)s$/i.exec(value) : null;
  if (decade && (comparison === ':' || comparison === '='))
    return rangeRule(field, Number(decade[1]), Number(decade[1]) + 9);
  const number = numberIn(field, rule, value);
  switch (comparison) {
    case '>=':
      return rangeRule(field, number, null);
    case '>':
      return rangeRule(field, number, null, 'from');
    case '<=':
      return rangeRule(field, null, number);
    case '<':
      return rangeRule(field, null, number, 'to');
    default:
      return rangeRule(field, number - rule.near!, number + rule.near!);
  }
}

function rangeRule(
  field: NumberField,
  from: number | null,
  to: number | null,
  without: RangeRule['without'] = 'none',
): Filter {
  return { kind: 'range', field, from, to, without };
}

const NUMBER = /^-?(?:\d+\.?\d*|\.\d+)$/;
const CLOCK = /^(?:(\d+):)?(\d{1,3}):(\d{2}(?:\.\d+)?)$/;

function numberIn(field: NumberField, rule: FieldRule, text: string): number {
  const clock = rule.kind === 'duration' ? CLOCK.exec(text) : null;
  const value = clock
    ? Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3])
    : NUMBER.test(text)
      ? Number(text)
      : Number.NaN;
  if (Number.isNaN(value))
    throw new ValueError(
      rule.kind === 'duration'
        ? `"${text}" is no length; it is written 3:30, or in seconds`
        : `"${text}" is no number; ${field} is written ${field}:${EXAMPLES[field] ?? '3'}, or as a range with ".."`,
    );
  if (value < rule.minimum! || value > rule.maximum!)
    throw new ValueError(`${field} is between ${rule.minimum} and ${rule.maximum}, not ${text}`);
  return value;
}

const EXAMPLES: Partial<Record<NumberField, string>> = { bpm: '128', year: '1999', loudness: '-9', bitrate: '320' };
