import { expect } from 'vitest';
import type { DjCollection } from '../collection/dj-collection.ts';
import { beatsOf } from './any-collection.ts';

const WITHIN_SECONDS = 0.001;

/** All of `read`'s values are within a millisecond of `written`'s, one by one. */
export function expectNear(read: readonly number[], written: readonly number[]): void {
  expect(read).toHaveLength(written.length);
  const worst = written.reduce((most, value, i) => Math.max(most, Math.abs(value - read[i]!)), 0);
  expect(worst).toBeLessThan(WITHIN_SECONDS);
}

/**
 * What all formats have to bring back.
 * @param byTime the format has cues in the order of time, not in their own
 */
export function expectSameCollection(read: DjCollection, written: DjCollection, byTime: boolean): void {
  const sorted = (lists: DjCollection['playlists']) => lists.map((list) => JSON.stringify(list)).sort();
  expect(sorted(read.playlists)).toEqual(sorted(written.playlists));
  expect(read.tracks).toHaveLength(written.tracks.length);
  written.tracks.forEach((track, i) => {
    const { path, title, artist, album, key, cues, grid, seconds } = read.tracks[i]!;
    expect({ path, title, artist, album, key }).toEqual({
      ...{ path: track.path, title: track.title, artist: track.artist, album: track.album, key: track.key },
    });
    expect(seconds === null ? null : Math.round(seconds)).toBe(
      track.seconds === null ? null : Math.round(track.seconds),
    );
    expectNear(beatsOf(grid), beatsOf(track.grid));
    const expected = byTime ? track.cues.toSorted((a, b) => a.seconds - b.seconds) : track.cues;
    expectNear(
      cues.map((cue) => cue.seconds),
      expected.map((cue) => cue.seconds),
    );
    expectNear(
      cues.map((cue) => cue.endSeconds ?? 0),
      expected.map((cue) => cue.endSeconds ?? 0),
    );
    const facts = (list: typeof cues) => list.map(({ kind, name, pad, colour }) => ({ kind, name, pad, colour }));
    expect(facts(cues)).toEqual(facts(expected));
  });
}
