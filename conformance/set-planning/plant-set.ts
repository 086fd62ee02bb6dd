import type { SetTrack } from '@tutti/music/set-planning';
import { makeCrate } from '@tutti/music/testing';

const LENGTH = 16;
/** On average, so that they make an hour; each has its own length, or they would be taken for copies of one. */
const SET_SECONDS = 225;
const STEP_SECONDS = 5;
const TAIL_SECONDS = 32;

function secondsOf(place: number): number {
  return SET_SECONDS + STEP_SECONDS * (place - (LENGTH - 1) / 2);
}

/**
 * A collection with a set of an hour planted into it that fits together as no chance makes it: one tempo, one key, one sound, long
 * instrumental ends, another artist each time, and an energy that rises evenly.
 */
export function plantSet(count: number, seed: number): { tracks: SetTrack[]; planted: SetTrack[] } {
  const crate = makeCrate(count, seed);
  const model = crate.find(({ embedding, key, bpm }) => embedding !== null && key !== null && bpm !== null)!;
  const end = { mixable: 1, vocals: Array.from({ length: 8 }, () => 0) };
  const planted = Array.from(
    { length: LENGTH },
    (_, place): SetTrack => ({
      ...model,
      id: `planted-${String(place).padStart(2, '0')}`,
      title: `Planted ${place + 1}`,
      artist: `Planted artist ${place}`,
      sound: `planted-${place}`,
      seconds: secondsOf(place) + TAIL_SECONDS,
      setSeconds: secondsOf(place),
      keyConfidence: 1,
      tempoConfidence: 1,
      energyLevel: 1 + (9 * (place + 0.5)) / LENGTH,
      integratedLufs: -9,
      vocalConfidence: 1,
      intro: end,
      outro: end,
    }),
  );
  return { tracks: [...crate, ...planted], planted };
}
