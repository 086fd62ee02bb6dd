import { describe, expect, it } from 'vitest';
import { clockTime, escapeText } from './svg-text.ts';

describe('text in pictures', () => {
  it('writes times as people do', () => {
    expect([0, 59.6, 61, 3661].map(clockTime)).toEqual(['0:00', '1:00', '1:01', '1:01:01']);
  });

  it('drops what XML forbids', () => {
    expect(escapeText('a\u0007b\ud800')).toBe('ab\ufffd');
  });
});
