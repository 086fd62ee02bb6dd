import { OPERATIONS } from '@tutti/contract/api';
import { expect, it } from 'vitest';
import { allowedAt } from './allowed-values.ts';

const { submitJob, listTracks, listSimilar, getJob, beginUpload } = OPERATIONS;

it.each([
  [listTracks.query, ['limit'], {}, 'a whole number from 1 to 500'],
  [listTracks.query, ['forgiving'], {}, 'one of true, false'],
  [listTracks.query, ['filter'], {}, 'a text of 0 to 2000 characters'],
  [listSimilar.query, ['tempoWithin'], {}, 'a number from 0 to 1'],
  [listSimilar.params, ['track'], {}, 'a whole number above 0'],
  [getJob.params, ['job'], {}, 'a UUID'],
  [beginUpload.body, ['bytes'], {}, 'a whole number from 1'],
  [beginUpload.body, [], {}, 'an object with name, bytes'],
  [beginUpload.body, ['colour'], {}, undefined],
  [submitJob.body, ['input', 'ceilingDb'], { type: 'master', input: { ceilingDb: 3 } }, 'a number from -24 to 0'],
  [submitJob.body, ['input', 'files'], { type: 'mix', input: {} }, 'a list of at least 1 items'],
  [submitJob.body, ['input', 'files', 0], { type: 'mix', input: { files: [''] } }, 'a text of at least 1 characters'],
  [submitJob.body, ['input', 'tempo'], { type: 'mix', input: {} }, '"follow", or a number from 40 to 240'],
  [submitJob.body, ['priority'], { type: 'scan' }, 'one of background, usual, urgent'],
] as const)('%#: what may stand at a place', (schema, path, value, words) => {
  expect(allowedAt(schema, path, value)).toBe(words);
});

it('a type that is none is told all there are', () => {
  const words = allowedAt(submitJob.body, ['type'], { type: 'dance' });
  for (const type of ['scan', 'analyse', 'mix', 'master']) expect(words).toContain(`"${type}"`);
});
