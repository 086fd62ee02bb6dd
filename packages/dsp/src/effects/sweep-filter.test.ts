import { describe, expect, it } from 'vitest';
import { equaliserTwin } from '../filter/equaliser.twin.ts';
import { Kernels } from '../kernels.ts';
import { expectChannelsApart, itIsAnEffect, roughness, toneRoughness } from '../testing/effects.ts';
import { gainDb, residualDb } from '../testing/residual.ts';
import { noise, sine, songLike } from '../testing/signals.ts';
import { stream } from '../testing/streaming.ts';
import { SweepFilter, type SweepFilterOptions, sweepBand } from './sweep-filter.ts';

const kernels = new Kernels();
const usual: SweepFilterOptions = { sampleRate: 48_000, channels: 1, sweep: 0, resonanceDb: 0 };
const OCTAVES = Math.log2(1000);

function apply(samples: Float32Array, options: Partial<SweepFilterOptions>): Float32Array {
  const mark = kernels.mark();
  const filter = new SweepFilter(kernels, { ...usual, ...options });
  const [output] = stream(kernels, [samples], [4096], (block) => filter.process(block));
  kernels.release(mark);
  return output!;
}

function response(sweep: number, resonanceDb: number): Float32Array {
  const impulse = new Float32Array(2 ** 16);
  impulse[0] = 1;
  return apply(impulse, { sweep, resonanceDb });
}

/** The sweep whose corner lies some octaves from the end it starts at. */
const opened = (octaves: number) => octaves / OCTAVES;

const rules = {
  make: (instance: Kernels) => new SweepFilter(instance, { ...usual, channels: 2, sweep: -0.5, resonanceDb: 6 }),
  channels: 2,
  changes: [
    (filter: SweepFilter) => filter.set({ sweep: 0.4, resonanceDb: 12 }),
    (filter: SweepFilter) => filter.set({ sweep: 0 }),
  ],
} as const;

describe('SweepFilter', () => {
  it('has its corner where the sweep says, evenly in octaves, with the resonance as its gain there', () => {
    for (const resonanceDb of [-6, 0, 12]) {
      for (const octaves of [2, 5, 8]) {
        const low = response(-opened(octaves), resonanceDb);
        const high = response(opened(octaves), resonanceDb);
        expect(gainDb(low, 48_000, 20_000 / 2 ** octaves)).toBeCloseTo(resonanceDb, 1);
        expect(gainDb(high, 48_000, 20 * 2 ** octaves)).toBeCloseTo(resonanceDb, 1);
        expect(gainDb(low, 48_000, 0)).toBeCloseTo(0, 2);
        expect(gainDb(high, 48_000, 24_000)).toBeCloseTo(0, 2);
      }
    }
  });

  it('falls by 24 dB an octave, and is all but closed at its ends', () => {
    const low = response(-opened(7), 0);
    expect(gainDb(low, 48_000, 1250) - gainDb(low, 48_000, 2500)).toBeCloseTo(24, 0);
    const high = response(opened(6), 0);
    expect(gainDb(high, 48_000, 320) - gainDb(high, 48_000, 160)).toBeCloseTo(24, 0);
    expect(gainDb(response(-1, 0), 48_000, 100)).toBeLessThan(-50);
    expect(gainDb(response(1, 0), 48_000, 4000)).toBeLessThan(-65);
  });

  it('has no gain above 12.6 dB', () => {
    for (const sweep of [-0.7, -0.2, 0.1, 0.6]) {
      const samples = response(sweep, 12);
      for (let octave = 0; octave < 10; octave += 0.02) {
        expect(gainDb(samples.subarray(0, 12_000), 48_000, 20 * 2 ** octave)).toBeLessThan(12.6);
      }
    }
  });

  it('is the input, bit by bit, in the middle, also after a sweep', () => {
    const song = songLike(20_000, 48_000);
    expect(apply(song, { resonanceDb: 12 })).toEqual(song);
    const filter = new SweepFilter(kernels, { ...usual, sweep: -0.6, resonanceDb: 9 });
    let frame = 0;
    const [output] = stream(kernels, [song], [1000], (block) => {
      if (frame === 5000) filter.set({ sweep: 0 });
      filter.process(block);
      frame += 1000;
    });
    expect(output!.subarray(0, 5000)).not.toEqual(song.subarray(0, 5000));
    expect(output!.subarray(5480)).toEqual(song.subarray(5480));
  });

  it.each([8000, 44_100, 192_000])('agrees with the float64 twin of its two bands at %i Hz', (sampleRate) => {
    for (const sweep of [-0.6, -0.01, 0.2, 0.5]) {
      const samples = songLike(20_000, sampleRate);
      const band = sweepBand(sweep, 6, sampleRate);
      const result = apply(samples, { sampleRate, sweep, resonanceDb: 6 });
      expect(residualDb(result, equaliserTwin(samples, [band, band], sampleRate))).toBeLessThan(-100);
    }
  });

  it('is turned without a click, by steps, through the middle and across', () => {
    const tone = sine(48_000, 48_000, 100, 0.25);
    for (const [from, to] of [
      [0, -0.8],
      [-0.8, 0],
      [-0.3, 0.2],
      [0.2, -0.5],
      [0, 0.3],
    ] as const) {
      const filter = new SweepFilter(kernels, { ...usual, sweep: from, resonanceDb: 6 });
      let frame = 0;
      const [output] = stream(kernels, [tone], [1000], (block) => {
        if (frame === 20_000) filter.set({ sweep: to });
        filter.process(block);
        frame += 1000;
      });
      const heard = output!.subarray(5000);
      const height = heard.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      expect(height).toBeLessThan(2.5 * 0.25);
      // The tone's own, and the bend where coefficients begin and end their way of 480 frames.
      expect(roughness(heard)).toBeLessThan(toneRoughness(48_000, 100, height) + (4 * height) / 480);
    }
  });

  it('is turned evenly, block by block of 128 frames, from end to end without a click', () => {
    const tone = sine(96_000, 48_000, 440, 0.25);
    const filter = new SweepFilter(kernels, { ...usual, sweep: -1, resonanceDb: 6 });
    let frame = 0;
    const [output] = stream(kernels, [tone], [128], (block) => {
      filter.set({ sweep: Math.min(1, -1 + frame / 48_000) });
      filter.process(block);
      frame += block.frames;
    });
    // The tone with the resonance on it, and no more.
    expect(roughness(output!)).toBeLessThan(1.2 * toneRoughness(48_000, 440, 0.25 * 10 ** (6.5 / 20)));
    expect(output!.reduce((most, value) => Math.max(most, Math.abs(value)), 0)).toBeGreaterThan(0.4);
  });

  it('stays bounded however the knobs are turned', () => {
    const filter = new SweepFilter(kernels, { ...usual, resonanceDb: 12, rampSeconds: 0.001 });
    let turn = 0;
    const [output] = stream(kernels, [noise(200_000, 5, 0.1)], [48], (block) => {
      turn += 1;
      filter.set({ sweep: Math.sin(turn * turn), resonanceDb: 3 + 9 * Math.cos(turn) });
      filter.process(block);
    });
    expect(output!.reduce((most, value) => Math.max(most, Math.abs(value)), 0)).toBeLessThan(2);
  });

  it('keeps channels apart', () => expectChannelsApart(rules.make));

  itIsAnEffect(rules);

  it('refuses what is out of range, naming it and the range', () => {
    const make = (options: Partial<SweepFilterOptions>) => () => new SweepFilter(kernels, { ...usual, ...options });
    expect(make({ sweep: 1.1 })).toThrow('sweep is 1.1; it must be between -1 and 1');
    expect(make({ resonanceDb: 13 })).toThrow('resonanceDb is 13; it must be between -6 and 12');
    expect(make({ sampleRate: 1 })).toThrow(/sampleRate is 1/);
    expect(make({ rampSeconds: 2 })).toThrow(/rampSeconds is 2/);
    expect(() => new SweepFilter(kernels, usual).set({ sweep: Number.NaN })).toThrow(/sweep is NaN/);
  });
});
