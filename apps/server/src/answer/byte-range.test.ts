import { expect, it } from 'vitest';
import { spanOfRange } from './byte-range.ts';

it.each<[string | undefined, ReturnType<typeof spanOfRange>]>([
  [undefined, undefined],
  ['bytes=0-0', { start: 0, end: 1 }],
  ['bytes=2-4', { start: 2, end: 5 }],
  ['BYTES= 2-4 ', { start: 2, end: 5 }],
  ['bytes=8-', { start: 8, end: 10 }],
  ['bytes=8-100', { start: 8, end: 10 }],
  ['bytes=-3', { start: 7, end: 10 }],
  ['bytes=-30', { start: 0, end: 10 }],
  ['bytes=10-', 'none'],
  ['bytes=-0', 'none'],
  ['bytes=4-2', undefined],
  ['bytes=-', undefined],
  ['bytes=1-2,4-5', undefined],
  ['lines=1-2', undefined],
  ['bytes=1e3-', undefined],
  [`bytes=${'9'.repeat(16)}-`, undefined],
])('of ten bytes, Range: %s', (header, span) => {
  expect(spanOfRange(header, 10)).toEqual(span);
});

it('nothing has no bytes', () => {
  expect(spanOfRange('bytes=0-', 0)).toBe('none');
  expect(spanOfRange('bytes=-5', 0)).toBe('none');
});
