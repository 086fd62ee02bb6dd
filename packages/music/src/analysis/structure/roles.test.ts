import { describe, expect, it } from 'vitest';
import type { BarFeatures } from './bar-features.ts';
import { rolesOf } from './roles.ts';

/** What bars of a kind sound like: fullness in dB, kick and bass in dB, activity. */
const SOUNDS = {
  drums: [-20, -12, 10],
  full: [-5, -10, 8],
  groove: [-9, -10, 9],
  quiet: [-15, -30, 3],
  rising: [-6, -22, 6],
} as const;
type Sound = keyof typeof SOUNDS;

function rolesIn(parts: readonly [Sound | readonly [Sound, Sound], string][], steady = true) {
  const sounds = parts.flatMap(([sound]) =>
    (typeof sound === 'string' ? [sound, sound] : sound).flatMap((half): Sound[] => [half, half, half, half]),
  );
  const column = (index: 0 | 1 | 2, decibels: boolean) =>
    Float64Array.from(sounds, (sound) => (decibels ? 10 ** (SOUNDS[sound][index] / 10) : SOUNDS[sound][index]));
  const features: BarFeatures = {
    bars: sounds.length,
    views: [],
    power: column(1, true),
    lowPower: column(1, true),
    fullness: column(0, false),
    activity: column(2, false),
  };
  const spans = parts.map((_, i) => ({ firstBar: 8 * i, endBar: 8 * i + 8 }));
  return rolesOf(
    features,
    spans,
    parts.map(([, part]) => part.charCodeAt(0)),
    steady,
  );
}

describe('rolesOf', () => {
  const club = [
    ['drums', 'A'],
    ['groove', 'B'],
    [['groove', 'rising'], 'C'],
    ['full', 'D'],
    ['quiet', 'E'],
    ['full', 'D'],
    ['drums', 'A'],
  ] as const satisfies readonly [Sound | readonly [Sound, Sound], string][];

  it('names the sections of a club track', () => {
    expect(rolesIn([...club])).toEqual(['intro', null, 'build', 'drop', 'break', 'drop', 'outro']);
  });

  it('has no builds and drops where the beat is not steady', () => {
    expect(rolesIn([...club], false)).toEqual(['intro', null, null, null, 'break', null, 'outro']);
  });

  it('names no part that is like the others', () => {
    expect(rolesIn([...'ABAB'].map((part) => ['full', part]))).toEqual([null, null, null, null]);
  });

  it('breaks off only what had begun', () => {
    expect(
      rolesIn([
        ['drums', 'A'],
        ['quiet', 'B'],
        ['quiet', 'C'],
        ['full', 'D'],
        ['full', 'E'],
        ['full', 'F'],
      ]).slice(1, 3),
    ).toEqual(['break', 'break']);
    expect(
      rolesIn([
        ['quiet', 'A'],
        ['quiet', 'B'],
        ['full', 'D'],
        ['full', 'E'],
        ['full', 'F'],
      ]).slice(0, 2),
    ).toEqual(['intro', null]);
  });

  it('does not call half a track its intro', () => {
    expect(
      rolesIn([
        ['drums', 'A'],
        ['full', 'B'],
      ]),
    ).toEqual([null, null]);
  });
});
