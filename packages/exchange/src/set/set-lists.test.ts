import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../testing/hostile-names.ts';
import type { SetTrack } from './set-track.ts';
import { writeChapters } from './write-chapters.ts';
import { writeCueSheet } from './write-cue-sheet.ts';
import { writeTracklist } from './write-tracklist.ts';

const SET: readonly SetTrack[] = [
  { seconds: 0, artist: 'Björk', title: 'A "live"' },
  { seconds: 185.99, artist: null, title: 'B - <C>' },
  { seconds: 6001.9999, artist: null, title: 'D\nE' },
];

const anySet = fc
  .array(
    fc.record({ seconds: fc.double({ min: 0, max: 40_000, noNaN: true }), title: anyText, artist: fc.option(anyText) }),
    {
      minLength: 1,
      maxLength: 99,
    },
  )
  .map((tracks): SetTrack[] => tracks.toSorted((a, b) => a.seconds - b.seconds));

describe('a cue sheet', () => {
  it('says where each track begins, in 75ths of a second', () => {
    expect(writeCueSheet(SET, 'Friday', 'mixes/friday 音.flac')).toBe(`TITLE "Friday"
FILE "mixes/friday 音.flac" WAVE
  TRACK 01 AUDIO
    TITLE "A ''live''"
    PERFORMER "Björk"
    INDEX 01 00:00:00
  TRACK 02 AUDIO
    TITLE "B - <C>"
    INDEX 01 03:05:74
  TRACK 03 AUDIO
    TITLE "D E"
    INDEX 01 100:02:00
`);
  });

  it.each([
    ['a.wav', 'WAVE'],
    ['a.FLAC', 'WAVE'],
    ['a.mp3', 'MP3'],
    ['a.aif', 'AIFF'],
    ['a.m4a', 'WAVE'],
    ['../mp3/a', 'WAVE'],
  ])('of %s has the type %s', (mix, type) => {
    expect(writeCueSheet(SET, 'x', mix)).toContain(`FILE "${mix}" ${type}\n`);
  });

  it('is right to half a frame, begins at zero and never stands still', () => {
    fc.assert(
      fc.property(anySet, (tracks) => {
        const text = writeCueSheet(tracks, 'x', 'x.wav');
        const frames = [...text.matchAll(/^ {4}INDEX 01 (\d{2,}):([0-5]\d):([0-6]\d|7[0-4])$/gm)].map(
          ([, minutes, seconds, rest]) => (Number(minutes) * 60 + Number(seconds)) * 75 + Number(rest),
        );
        expect(frames).toHaveLength(tracks.length);
        expect(frames[0]).toBe(0);
        frames.forEach((frame, i) => {
          if (i === 0) return;
          expect(frame).toBeGreaterThan(frames[i - 1]!);
          const exact = tracks[i]!.seconds * 75;
          if (exact - frames[i - 1]! >= 1) expect(Math.abs(frame - exact)).toBeLessThanOrEqual(0.5);
        });
        expect(text.split('"')).toHaveLength(5 + 2 * text.match(/^ {4}(TITLE|PERFORMER) "[^"\n]*"$/gm)!.length);
      }),
    );
  });

  it('cannot name a file with a quotation mark, nor have 100 tracks', () => {
    expect(() => writeCueSheet(SET, 'x', 'a"b.wav')).toThrow(/quotation mark/);
    expect(() =>
      writeCueSheet(
        Array.from({ length: 100 }, () => SET[0]!),
        'x',
        'a.wav',
      ),
    ).toThrow(expect.objectContaining({ kind: 'limit' }));
  });
});

it('a tracklist has number, time and name', () => {
  expect(writeTracklist(SET, 'Friday')).toBe(
    'Friday\n\n1.    0:00  Björk - A "live"\n2.    3:05  B - <C>\n3. 1:40:01  D E\n',
  );
});

describe('chapters', () => {
  it('are lines of time and name', () => {
    expect(writeChapters(SET, 7000)).toEqual({
      text: '0:00 Björk - A "live"\n3:05 B - ‹C›\n1:40:01 D E\n',
      remarks: [],
    });
  });

  it('say what the platform will not do with them', () => {
    const { text, remarks } = writeChapters(
      [
        { seconds: 3, artist: null, title: 'a' },
        { seconds: 9, artist: null, title: 'b' },
      ],
      60,
    );
    expect(text).toBe('0:00 a / b\n');
    expect(remarks).toEqual([expect.stringMatching(/1 chapters.*from 3 on/)]);
    const long = Array.from({ length: 99 }, (_, i) => ({ seconds: i * 100, artist: null, title: 'x'.repeat(100) }));
    expect(writeChapters(long, 10_000).remarks).toEqual([expect.stringMatching(/5000 bytes|at most 5000/)]);
  });

  it('begin at 0:00, ascend and last ten seconds each, and no track is lost', () => {
    fc.assert(
      fc.property(anySet, fc.double({ min: 0, max: 1000, noNaN: true }), (tracks, rest) => {
        const seconds = tracks.at(-1)!.seconds + rest;
        const named = tracks.map((track, i) => ({ ...track, title: `<t${i}>`, artist: null }));
        const lines = writeChapters(named, seconds).text.trimEnd().split('\n');
        named.forEach((_, i) => {
          expect(lines.filter((line) => line.includes(`‹t${i}›`))).toHaveLength(1);
        });
        const times = lines.map((line) => {
          const parts = /^(?:(\d+):)?(\d{1,2}):(\d\d) /.exec(`${line} `)!;
          return (Number(parts[1] ?? 0) * 60 + Number(parts[2])) * 60 + Number(parts[3]);
        });
        expect(times[0]).toBe(0);
        [...times.slice(1), seconds].forEach((time, i) => {
          if (times.length > 1) expect(time - times[i]!).toBeGreaterThanOrEqual(10);
        });
        expect(lines.join('')).not.toMatch(/[<>]/);
      }),
    );
  });
});
