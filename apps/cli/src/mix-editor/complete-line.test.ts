import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { completeLine } from './complete-line.ts';

const editor = {
  plan: { tracks: [1, 2, 3] },
  request: { joins: [1, 2] },
  spare: [{ title: 'Slow' }, { title: 'A "Song" of Two' }],
};
const complete = (line: string) => completeLine(line, editor);
const folder = mkdtempSync(join(tmpdir(), 'tutti-complete-'));

beforeAll(() => {
  writeFileSync(join(folder, 'set one.json'), '');
  mkdirSync(join(folder, 'sets'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('completes commands, numbers, techniques, and names that need quotes', () => {
  expect(complete('re')).toEqual([['replace', 'remove', 'redo', 'render'], 're']);
  expect(complete('move ')).toEqual([['1', '2', '3'], '']);
  expect(complete('technique ')).toEqual([['1', '2'], '']);
  expect(complete('t 1 e')).toEqual([['echo-out'], 'e']);
  expect(complete('add s')).toEqual([['Slow'], 's']);
  expect(complete('add "a')).toEqual([['"A \\"Song\\" of Two"'], '"a']);
});

it('completes files and folders', () => {
  expect(complete(`load ${folder}/set`)).toEqual([[`"${folder}/set one.json"`, `${folder}/sets/`], `${folder}/set`]);
  expect(complete(`load ${folder}/no/such/`)).toEqual([[], `${folder}/no/such/`]);
});

it('has nothing where nothing may stand', () => {
  expect(complete('undo ')).toEqual([[], '']);
  expect(complete('nonsense x')).toEqual([[], 'x']);
  expect(complete('move 1 2 3')).toEqual([[], '3']);
});
