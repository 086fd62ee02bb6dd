import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { stream } from '../testing/streaming.ts';
import { Gain } from './gain.ts';
import { type GainChange, gainTwin } from './gain.twin.ts';

const kernels = new Kernels();
const RATE = 8000;
const RAMP_FRAMES = 80;
const toDb = (gain: number) => 20 * Math.log10(gain);

/** A gain of 1/2 that changes at the beginnings of blocks. */
function apply(channels: readonly Float32Array[], sizes: readonly number[], changes: readonly GainChange[] = []) {
  const mark = kernels.mark();
  const options = { sampleRate: RATE, channels: channels.length, rampSeconds: RAMP_FRAMES / RATE };
  const gain = new Gain(kernels, { ...options, gainDb: toDb(0.5) });
  let frame = 0;
  const process = (block: SampleBlock) => {
    for (const change of changes) if (change.frame === frame) gain.set({ gainDb: toDb(change.gain) });
    gain.process(block);
    frame += block.frames;
  };
  const output = stream(kernels, channels, sizes, process);
  kernels.release(mark);
  return output;
}

const samples = noise(400, 3);

describe('Gain', () => {
  it('is the straight line that it says, and stays where it arrives', () => {
    const ones = new Float32Array(400).fill(1);
    const [result] = apply([ones], [100], [{ frame: 100, gain: 1.5 }]);
    for (const [frame, wanted] of [
      [99, 0.5],
      [100, 0.5],
      [140, 1],
      [180, 1.5],
      [399, 1.5],
    ] as const) {
      expect(result![frame]).toBeCloseTo(wanted, 6);
    }
  });

  it('agrees with its twin, also when a change meets a change', () => {
    const changes = [
      { frame: 100, gain: 2 },
      { frame: 150, gain: 0.1 },
      { frame: 300, gain: 1 },
    ];
    const expected = gainTwin(samples, 0.5, RAMP_FRAMES, changes);
    const [result] = apply([samples], [50], changes);
    for (let i = 0; i < samples.length; i++) expect(Math.abs(result![i]! - expected[i]!)).toBeLessThan(1e-6);
  });

  it('does not care how the stream is cut, bit by bit', () => {
    const changes = [{ frame: 120, gain: 0.7 }];
    const whole = apply([samples, noise(400, 4)], [120, 280], changes);
    for (const sizes of [[1], [120], [40, 8, 3, 69]]) {
      expect(apply([samples, noise(400, 4)], sizes, changes)).toEqual(whole);
    }
  });

  it('leaves samples alone at 0 dB, silence at any gain, and keeps channels apart', () => {
    const mark = kernels.mark();
    const still = new Gain(kernels, { sampleRate: RATE, channels: 1, gainDb: 0 });
    expect(stream(kernels, [samples], [77], (block) => still.process(block))[0]).toEqual(samples);
    kernels.release(mark);
    const [left, right] = apply([new Float32Array(400), samples], [33]);
    expect(left!.every((value) => value === 0)).toBe(true);
    expect(right).toEqual(samples.map((value) => value * 0.5));
  });

  it('stays finite for any finite input', () => {
    fc.assert(
      fc.property(fc.float32Array({ noNaN: true, min: -1e6, max: 1e6, minLength: 1 }), (input) => {
        expect(apply([input], [7])[0]!.every(Number.isFinite)).toBe(true);
      }),
    );
  });

  it('refuses what is out of range', () => {
    expect(() => new Gain(kernels, { sampleRate: RATE, channels: 1, gainDb: 99 })).toThrow(/gainDb is 99/);
    expect(() => new Gain(kernels, { sampleRate: RATE, channels: 9, gainDb: 0 })).toThrow(/channels is 9/);
    expect(() => apply([new Float32Array([Number.NaN])], [1])).toThrow(/not finite/);
  });
});
