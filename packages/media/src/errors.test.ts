import { expect, it } from 'vitest';
import { MediaError, toMediaError } from './errors.ts';

it.each([
  ['ENOENT', 'missing', /no such file/],
  ['EACCES', 'denied', /permission/],
  ['EROFS', 'denied', /read-only/],
  ['ENOSPC', 'denied', /disk is full/],
  ['EISDIR', 'denied', /folder/],
  ['EWHATEVER', 'internal', /odd/],
])('%s becomes %s, in words', (code, kind, words) => {
  const cause = Object.assign(new Error('odd'), { code });
  const error = toMediaError(cause, '/music/a.wav', 'write');
  expect(error).toMatchObject({ kind, path: '/music/a.wav', cause });
  expect(error.message).toMatch(words);
  expect(error.message).toContain('/music/a.wav');
});

it('passes its own errors on and knows a cancelled one', () => {
  const own = new MediaError('limit', 'too long');
  expect(toMediaError(own, 'x', 'read')).toBe(own);
  expect(toMediaError(new DOMException('stop', 'AbortError'), 'x', 'read').kind).toBe('cancelled');
});
