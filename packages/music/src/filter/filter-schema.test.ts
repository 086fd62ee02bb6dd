import { expect, it } from 'vitest';
import { filterSchema } from './filter-schema.ts';
import { parseFilter } from './parse-filter.ts';

it.each([
  'bpm:120-128 key:8A..9A genre:house added:<30d energy>=6 "free text"',
  '(a OR b) -c year:1990s played:2025-11..2026-01 genre:none',
  `${'('.repeat(19)}a OR b${')'.repeat(19)}`,
  '',
])('takes what %s is read into', (text) => {
  const filter = parseFilter(text);
  expect(filterSchema.parse(JSON.parse(JSON.stringify(filter)))).toEqual(filter);
});

const deep = (levels: number): unknown =>
  levels === 0 ? { kind: 'known', field: 'bpm', known: true } : { kind: 'not', of: deep(levels - 1) };

it.each([
  { kind: 'none' },
  { kind: 'range', field: 'title', from: 1, to: 2, without: 'none' },
  { kind: 'keys', camelot: ['13A'] },
  { kind: 'words', words: '***', phrase: false },
  { kind: 'date', field: 'added', from: '2026-02-30', to: null },
  { kind: 'age', field: 'added', days: 1e9, older: true },
  { kind: 'known', field: 'colour', known: true },
  { kind: 'any', of: Array.from({ length: 201 }, () => deep(0)) },
  deep(1000),
])('refuses %#', (tree) => {
  expect(filterSchema.safeParse(tree).success).toBe(false);
});
