import { readFileSync } from 'node:fs';
import { FIELD_NAMES, FIELDS, parseFilter } from '@tutti/music/filter';
import { expect, it } from 'vitest';

const page = readFileSync(new URL('../../docs/filters.md', import.meta.url), 'utf8');
/** What stands between backticks in the first column of the table. */
const examples = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .flatMap((line) => [...line.split('|')[1]!.matchAll(/`([^`]+)`/g)].map((found) => found[1]!));

it.each(examples)('%s is read, as docs/filters.md says', (example) => {
  expect(() => parseFilter(example)).not.toThrow();
});

it('docs/filters.md names every field and every other word for it', () => {
  const words = FIELD_NAMES.flatMap((name) => [name, ...FIELDS[name].aliases]);
  expect(examples.length).toBeGreaterThanOrEqual(30);
  for (const word of words) expect(page).toContain(`\`${word}\``);
});
