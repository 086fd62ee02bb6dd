import { expect, it } from 'vitest';
import { clockTime } from './clock-time.ts';

it('writes times as people do', () => {
  expect([0, 59.6, 61, 3661].map(clockTime)).toEqual(['0:00', '1:00', '1:01', '1:01:01']);
});
