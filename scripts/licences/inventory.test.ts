import { describe, expect, it } from 'vitest';
import { complaintsAbout, isAllowed, packagesOf } from './inventory.ts';

describe('licences', () => {
  it.each([
    ['MIT', true],
    ['GPL-3.0-or-later', false],
    ['(MIT OR GPL-2.0)', true],
    ['MIT AND GPL-2.0', false],
    ['MIT AND (GPL-2.0 OR ISC)', true],
    ['', false],
    ['SEE LICENSE IN LICENSE.md', false],
  ])('%j allowed: %s', (expression, allowed) => {
    expect(isAllowed(expression)).toBe(allowed);
  });

  it('names a package whose licence is not on the list, and one that is there twice', () => {
    const packages = packagesOf({
      packages: {
        '': {},
        'node_modules/a': { version: '1.0.0', license: 'MIT' },
        'node_modules/b': { version: '2.0.0', license: 'AGPL-3.0' },
        'node_modules/b/node_modules/a': { version: '1.1.0', license: 'MIT', dev: true },
        'node_modules/@tutti/dsp': { link: true },
      },
    });
    expect(packages).toHaveLength(3);
    expect(complaintsAbout(packages)).toEqual([
      expect.stringContaining('b 2.0.0 has the licence "AGPL-3.0"'),
      expect.stringContaining('a is installed in 2 versions: 1.0.0, 1.1.0'),
    ]);
  });
});
