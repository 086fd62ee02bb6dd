import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { noticesOf } from './notices.ts';

const root = mkdtempSync(join(tmpdir(), 'tutti-notices-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A package on disk; returns the path of a module in it. */
function packageWith(name: string, licence: string, files: Readonly<Record<string, string>>): string {
  const folder = join(root, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '1.2.3', license: licence }));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return join(folder, 'lib/index.js');
}

describe('noticesOf', () => {
  it('has the text of every package once, and nothing of ours', () => {
    const modules = [
      packageWith('@scope/b', 'BSD-3-Clause', { 'LICENSE.txt': 'terms of b\n' }),
      packageWith('a', 'MIT', { license: 'terms of a' }),
      join(root, 'packages/dsp/src/index.ts'),
      join(root, 'node_modules/a/other.js'),
    ];
    expect(noticesOf(modules)).toBe('@scope/b 1.2.3 (BSD-3-Clause)\n\nterms of b\n\na 1.2.3 (MIT)\n\nterms of a');
  });

  it.each([
    ['c', 'GPL-3.0', { LICENSE: 'terms' }, /c \(GPL-3.0\) may not be bundled/],
    ['d', 'MPL-2.0', { LICENSE: 'terms' }, /d \(MPL-2.0\) may not be bundled/],
    ['codec-parser', 'MIT', { LICENSE: 'terms' }, /may not be bundled/],
    ['e', 'MIT', {}, /no text of its licence/],
  ])('refuses %s under %s with %j', (name, licence, files, reason) => {
    expect(() => noticesOf([packageWith(name, licence, files)])).toThrow(reason);
  });
});
