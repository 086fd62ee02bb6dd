import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { expectChannelsApart, itIsAnEffect, roughness, toneRoughness } from '../testing/effects.ts';
import { residualDb } from '../testing/residual.ts';
import { noise, sine, songLike } from '../testing/signals.ts';
import { streamWithChanges } from '../testing/streaming.ts';
import { Roll, type RollOptions } from './roll.ts';
import { rollTwin } from './roll.twin.ts';

const kernels = new Kernels();
const usual: RollOptions = { sampleRate: 48_000, channels: 1, maximumSeconds: 1 };
/** Of the usual fade. */
const FADE = 240;

/** What comes of a sound while lengths are set at some frames, multiples of 100. */
function apply(samples: Float32Array, lengths: Readonly<Record<number, number | null>>): Float32Array {
  const changes = Object.fromEntries(
    Object.entries(lengths).map(([frame, lengthSeconds]) => [frame, (roll: Roll) => roll.set({ lengthSeconds })]),
  );
  return streamWithChanges(kernels, [samples], [100], () => new Roll(kernels, usual), changes)[0]!;
}

const rules = {
  make: (instance: Kernels) => new Roll(instance, { ...usual, channels: 2, maximumSeconds: 0.05 }),
  channels: 2,
  changes: [
    (roll: Roll) => roll.set({ lengthSeconds: 0.02 }),
    (roll: Roll) => {
      roll.set({ lengthSeconds: 0.05 });
      roll.set({ lengthSeconds: null });
    },
  ],
} as const;

describe('Roll', () => {
  it('repeats what was heard last, bit by bit, for as long as it is held', () => {
    const song = songLike(60_000, 48_000);
    const output = apply(song, { 10000: 0.1 });
    expect(output.subarray(0, 10_000)).toEqual(song.subarray(0, 10_000));
    // Behind the fade, the last 4800 frames before the roll.
    expect(output.subarray(10_000 + FADE, 14_800)).toEqual(song.subarray(5200 + FADE, 10_000));
    for (let pass = 1; pass < 10; pass++) {
      const at = 10_000 + 4800 * pass;
      expect(output.subarray(at, at + 4800)).toEqual(output.subarray(10_000, 14_800));
    }
  });

  it('goes over its seam as the sound went on, and fades from there', () => {
    const song = songLike(30_000, 48_000);
    const output = apply(song, { 10000: 0.1 });
    // The loop's last frame is the sound's last one before the roll; then come the sound's next ones, faded into the loop.
    for (const at of [10_000, 14_800, 19_600]) {
      expect(output[at - 1]).toBe(song[9999]);
      for (let i = 0; i < FADE; i++) {
        const weight = (i + 1) / FADE;
        expect(output[at + i]).toBeCloseTo((1 - weight) * song[10_000 + i]! + weight * song[5200 + i]!, 6);
      }
    }
  });

  it('agrees with its float64 twin while lengths change', () => {
    const song = songLike(60_000, 48_000);
    const lengths = { 10000: 0.2, 25000: 0.1, 34000: 0.025, 40000: 0.3, 50000: null };
    const changes = Object.entries(lengths).map(([frame, seconds]) => ({
      frame: Number(frame),
      delay: Math.round(48_000 * (seconds ?? 0)),
    }));
    expect(residualDb(apply(song, lengths), rollTwin(song, changes, FADE))).toBeLessThan(-120);
  });

  it('lets go to the sound as it is by then, bit by bit', () => {
    const song = songLike(40_000, 48_000);
    const output = apply(song, { 5000: 0.05, 20000: null });
    expect(output.subarray(20_000 + FADE)).toEqual(song.subarray(20_000 + FADE));
    expect(output.subarray(5000, 20_000)).not.toEqual(song.subarray(5000, 20_000));
  });

  it('waits with a change until a fade is over', () => {
    const song = songLike(30_000, 48_000);
    const output = apply(song, { 5000: 0.1, 5100: null });
    // Into the loop for 240 frames, out again for another 240.
    expect(output.subarray(5000 + 2 * FADE)).toEqual(song.subarray(5000 + 2 * FADE));
    expect(output[5000 + FADE - 1]).toBeCloseTo(song[200 + FADE - 1]!, 6);
  });

  it('does not click: of tones whose loops do not fit', () => {
    const tone = sine(60_000, 48_000, 103, 0.25);
    const output = apply(tone, { 10000: 0.07, 25000: 0.031, 40000: null });
    // The tone's own, and the bend where the distance of both tones, at most twice their height, begins to be faded.
    expect(roughness(output)).toBeLessThan(2 * (toneRoughness(48_000, 103, 0.25) + 0.5 / FADE));
  });

  it('rolls silence of a sound that has not begun', () => {
    const output = apply(noise(20_000), { 0: 0.1 });
    expect(output.subarray(FADE, 4800)).toEqual(new Float32Array(4800 - FADE));
  });

  it('keeps channels apart', () => {
    expectChannelsApart((instance) => {
      const roll = rules.make(instance);
      roll.set({ lengthSeconds: 0.02 });
      return roll;
    });
    const [a, b] = [songLike(20_000, 48_000), noise(20_000)];
    const hold = { 5000: (roll: Roll) => roll.set({ lengthSeconds: 0.03 }) };
    const make = (channels: number) => () => new Roll(kernels, { ...usual, channels });
    const both = streamWithChanges(kernels, [a, b], [1000], make(2), hold);
    expect(both[0]).toEqual(streamWithChanges(kernels, [a], [1000], make(1), hold)[0]);
    expect(both[1]).toEqual(streamWithChanges(kernels, [b], [1000], make(1), hold)[0]);
  });

  itIsAnEffect(rules);

  it('refuses what is out of range, naming it and the range', () => {
    const roll = new Roll(kernels, usual);
    expect(() => roll.set({ lengthSeconds: 2 })).toThrow('lengthSeconds is 2; it must be between 0.02 and 1');
    expect(() => roll.set({ lengthSeconds: 0 })).toThrow(/lengthSeconds is 0/);
    expect(() => roll.set({ lengthSeconds: Number.NaN })).toThrow(/lengthSeconds is NaN/);
    const make = (options: Partial<RollOptions>) => () => new Roll(kernels, { ...usual, ...options });
    expect(make({ maximumSeconds: 11 })).toThrow(/maximumSeconds is 11/);
    expect(make({ fadeSeconds: 0.1 })).toThrow('fadeSeconds is 0.1; it must be between 0.001 and 0.01');
    expect(make({ channels: 3 })).toThrow(/channels is 3/);
  });
});
