import { describe, expect, it } from 'vitest';
import { failureText } from './failures.ts';
import { barText, shortDuration } from './progress-bar.ts';
import { shownName } from './terminal.ts';

describe('names from the disk', () => {
  it('cannot move the cursor, ring the bell or turn text around', () => {
    expect(shownName('a\u001b[31mb\u0007c\u202egnp.wav\nx')).toBe('ab\ufffdc\ufffdgnp.wav\ufffdx');
  });

  it('stay as they are otherwise', () => {
    expect(shownName('emoji 🎵 café — 音.wav')).toBe('emoji 🎵 café — 音.wav');
  });
});

describe('failures', () => {
  it('name their file once', () => {
    const of = (message: string) => failureText({ path: '/a/b.wav', error: { kind: 'corrupt', message } });
    expect(of('the sound has 6 channels')).toBe('/a/b.wav: the sound has 6 channels (corrupt)');
    expect(of('cannot read /a/b.wav: permission denied')).toBe('cannot read /a/b.wav: permission denied (corrupt)');
  });
});

describe('the progress bar', () => {
  it('is empty at the start, full at the end, and says what is left in between', () => {
    expect(barText('mixing', 0, '0/4', 0, '')).toBe(`mixing [${'-'.repeat(24)}] 0/4`);
    expect(barText('mixing', 0.5, '2/4', 10, 'song')).toBe(
      `mixing [${'#'.repeat(12)}${'-'.repeat(12)}] 2/4 10s left  song`,
    );
    expect(barText('mixing', 1, '4/4', 20, '')).toBe(`mixing [${'#'.repeat(24)}] 4/4`);
  });

  it('says durations as people do', () => {
    expect([0, 59.4, 61, 3600 * 2 + 300].map(shortDuration)).toEqual(['0s', '59s', '1m 1s', '2h 5m']);
  });
});
