import { expect, it } from 'vitest';
import { foreignMarks } from './foreign-marks.ts';

const none = { chapters: [], objects: [], fields: [] };

it('takes what programs left from tags of every kind, and nothing else', () => {
  const data = Uint8Array.of(1, 2);
  const native = {
    'ID3v2.3': [
      { id: 'GEOB', value: { type: 'application/octet-stream', filename: '', description: 'Serato Markers2', data } },
      { id: 'GEOB', value: { type: 'application/octet-stream', filename: '', description: 'Serato Overview', data } },
      { id: 'GEOB', value: null },
    ],
    iTunes: [
      { id: '----:com.serato.dj:markersv2', value: 'one' },
      { id: '----:com.serato.dj:relvol', value: 'not this' },
    ],
    vorbis: [
      { id: 'SERATO_BEATGRID', value: 'two' },
      { id: 'SERATO_MARKERS_V2', value: data },
    ],
  };
  expect(foreignMarks({ native })).toEqual({
    ...none,
    objects: [{ name: 'Serato Markers2', data }],
    fields: ['one', 'two'],
  });
});

it('takes chapters that are somewhere, within bounds', () => {
  const chapter = (startTime: unknown, endTime: unknown) => ({ id: 'CHAP', value: { info: { startTime, endTime } } });
  const native = { 'ID3v2.4': [chapter(5, 5), chapter(2 ** 32 - 1, 9), chapter('1', 2), { id: 'CHAP', value: 'x' }] };
  expect(foreignMarks({ native })).toEqual({ ...none, chapters: [{ seconds: 0.005, endSeconds: null, title: '' }] });
  const many = Array.from({ length: 3000 }, (_, n) => chapter(n, n + 1));
  expect(foreignMarks({ native: { 'ID3v2.4': many } }).chapters).toHaveLength(1000);
});
