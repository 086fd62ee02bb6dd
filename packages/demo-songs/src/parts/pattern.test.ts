import { describe, expect, it } from 'vitest';
import { patternBar, readSteps } from './pattern.ts';

describe('patternBar', () => {
  it('takes bars in turn and fits them to the meter', () => {
    expect(patternBar('9...8...7...6...|5...', 0, 4)).toBe('9...8...7...6...');
    expect(patternBar('9...8...7...6...', 3, 3)).toBe('9...8...7...');
    expect(patternBar('9...8...7...', 0, 4)).toBe('9...8...7...7...');
  });
});

describe('readSteps', () => {
  it('holds notes through dashes and not through dots', () => {
    expect(readSteps('x--.o.x-')).toEqual([
      { mark: 'x', step: 0, steps: 3 },
      { mark: 'o', step: 4, steps: 1 },
      { mark: 'x', step: 6, steps: 2 },
    ]);
  });
});
