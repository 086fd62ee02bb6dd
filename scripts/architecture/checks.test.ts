import { describe, expect, it } from 'vitest';
import { checkHouse, findCycles } from './checks.ts';
import type { RoomRule } from './rules.ts';
import { readSource } from './source-file.ts';

const rooms: RoomRule[] = [
  { folder: 'packages/dsp', imports: [], typeImports: [], node: false, forbidden: ['Date', 'Math.random', 'process'] },
  {
    folder: 'packages/music',
    imports: ['@tutti/dsp'],
    typeImports: ['@tutti/contract'],
    testImports: ['@tutti/media'],
    node: false,
    forbidden: [],
  },
];
const doors = new Map([
  ['@tutti/dsp', ['.']],
  ['@tutti/music', ['./theory']],
  ['@tutti/contract', ['.']],
  ['@tutti/media', ['.']],
]);
const complain = (path: string, text: string) => checkHouse([readSource(path, text)], rooms, doors);

describe('the architecture test', () => {
  it.each([
    ['packages/dsp/src/a.ts', `import { b } from '@tutti/music/theory';\nb;`, /up or sideways/],
    ['packages/music/src/a.ts', `import { b } from '@tutti/dsp/src/b.ts';\nb;`, /no door/],
    ['packages/music/src/a.ts', `import { b } from '../../dsp/src/b.ts';\nb;`, /enter a package by its door/],
    ['packages/music/src/a.ts', `import { b } from '@tutti/contract';\nb;`, /only its types/],
    ['packages/music/src/a.ts', `import { b } from '@tutti/media';\nb;`, /up or sideways/],
    ['packages/dsp/src/a.ts', `import { readFile } from 'node:fs';\nreadFile;`, /no I\/O/],
    ['packages/dsp/src/a.ts', 'export const now = () => Date.now();', /uses Date/],
    ['packages/dsp/src/a.ts', 'export const dice = () => Math.random();', /Math\.random/],
    ['packages/dsp/src/a.ts', 'export const x = (y: any) => y;', /any/],
    ['packages/dsp/src/a.ts', 'export enum A { B }', /enum/],
    ['packages/dsp/src/a.ts', `export * from './b.ts';`, /export \*/],
    ['packages/dsp/src/a.ts', '// TODO later\nexport {};', /TODO/],
    ['packages/dsp/src/a.test.ts', 'it.only("x", () => {});', /runs alone/],
    ['packages/dsp/src/utils.ts', 'export {};', /does not say/],
    ['packages/dsp/src/long.ts', 'export {};\n'.repeat(501), /lines/],
    ['packages/attic/src/a.ts', 'export {};', /belongs to no room/],
  ])('refuses %s with %j', (path, text, expected) => {
    expect(complain(path, text).join('\n')).toMatch(expected);
  });

  it.each([
    ['packages/music/src/a.ts', `import { Kernels } from '@tutti/dsp';\nnew Kernels();`],
    ['packages/music/src/a.ts', `import type { Word } from '@tutti/contract';\nexport type X = Word;`],
    ['packages/dsp/src/a.ts', 'const Date = 1;\nexport const b = { process: Date }.process;'],
    ['packages/music/src/a.test.ts', `import { b } from '@tutti/media';\nb;`],
    ['packages/dsp/src/a.test.ts', `import { readFile } from 'node:fs';\nreadFile;`],
  ])('lets %s pass with %j', (path, text) => {
    expect(complain(path, text)).toEqual([]);
  });

  it('finds a cycle through three files', () => {
    const files = [
      readSource('packages/dsp/src/a.ts', `import { b } from './b.ts';\nexport const a = b;`),
      readSource('packages/dsp/src/b.ts', `export { c as b } from './c.ts';`),
      readSource('packages/dsp/src/c.ts', `import { a } from './a.ts';\nexport const c = a;`),
    ];
    expect(findCycles(files)).toHaveLength(1);
  });
});
