import { Kernels, SampleBlock, SweepFilter } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import type { MixEffect } from './effects/effect-schema.ts';
import { filteredShare } from './filtered-power.ts';
import { EVEN_OCTAVES } from './loud-tones.ts';

const RATE = 44_100;
const SECONDS = 4;

const highPass = (cutoffHz: number, resonanceDb = 0): MixEffect => ({
  ...{ kind: 'high-pass', start: 10, end: 20, cutoffHz, resonanceDb },
});

/** Many tones, evenly over the octaves of a band: what is assumed of music. */
function tones(from: number, to: number): Float32Array {
  const count = 60;
  const hertz = Array.from({ length: count }, (_, i) => from * (to / from) ** ((i + 0.5) / count));
  return Float32Array.from({ length: SECONDS * RATE }, (_, i) =>
    hertz.reduce((sum, hz, k) => sum + 0.01 * Math.sin((2 * Math.PI * hz * i) / RATE + k * k), 0),
  );
}

/** What the filter of a deck leaves of the power of a sound. */
function heardShare(samples: Float32Array, cutoffHz: number, resonanceDb: number): number {
  const kernels = new Kernels();
  const sweep = Math.log(cutoffHz / 20) / Math.log((0.45 * RATE) / 20);
  const filter = new SweepFilter(kernels, { sampleRate: RATE, channels: 1, sweep, resonanceDb });
  const block = new SampleBlock(kernels, 1, samples.length);
  block.write([samples], 0, samples.length);
  filter.process(block);
  const power = (of: Float32Array) => of.subarray(RATE).reduce((sum, value) => sum + value * value, 0);
  return power(block.channel(0)) / power(samples);
}

describe('filteredShare', () => {
  it.each([
    [30, 1],
    [60, 1],
    [100, 6],
    [400, 0],
    [2000, 1],
  ])('is what a high-pass at %d Hz with %d dB leaves of bass and of the rest', (cutoffHz, resonanceDb) => {
    const octave = (place: number) => EVEN_OCTAVES.map((_, i) => (i === place ? 1 : 0));
    for (const [lowShare, octaves, from, to] of [
      [1, EVEN_OCTAVES, 40, 200],
      [0, EVEN_OCTAVES, 200, 8000],
      [0, octave(0), 200, 400],
      [0, octave(3), 1600, 3200],
    ] as const) {
      const heard = heardShare(tones(from, to), cutoffHz, resonanceDb);
      const said = filteredShare([highPass(cutoffHz, resonanceDb)], 15, { lowShare, octaves });
      if (heard > 0.01) expect(Math.abs(10 * Math.log10(said / heard))).toBeLessThan(0.5);
      else expect(said).toBeLessThan(0.02);
    }
  });

  it('leaves all at the ends of a filter, outside of effects, and of those that filter nothing', () => {
    const music = { lowShare: 0.3, octaves: EVEN_OCTAVES };
    const open: MixEffect = { kind: 'low-pass', start: 10, end: 20, cutoffHz: 20_000, resonanceDb: 0 };
    expect(filteredShare([highPass(20)], 15, music)).toBeCloseTo(1, 1);
    expect(filteredShare([open], 15, music)).toBeCloseTo(1, 1);
    expect(filteredShare([highPass(1000)], 9, music)).toBe(1);
    expect(filteredShare([highPass(1000)], 21, music)).toBe(1);
    expect(filteredShare([{ kind: 'platter', start: 10, end: 20, seconds: 2 }], 15, music)).toBe(1);
  });
});
