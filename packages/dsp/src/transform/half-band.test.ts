import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { residualDb } from '../testing/residual.ts';
import { noise, sine } from '../testing/signals.ts';
import { halfBandTapsTwin, halveRateTwin } from './half-band.twin.ts';

const kernels = new Kernels();
const PASS_HZ = 3800;
const RATES = [20_000, 22_050, 44_100, 192_000];

/** All outputs for a signal that is followed by silence, fed in chunks of the given sizes, over and over. */
function halveRate(signal: Float32Array, sampleRate: number, chunks = [4096]): Float32Array {
  const mark = kernels.mark();
  const state = kernels.wasm.halfBandCreate(sampleRate, PASS_HZ);
  const input = kernels.allocateFloats(4096);
  const output = kernels.allocateFloats(4096 / 2 + 8);
  const padded = new Float64Array(signal.length + 512);
  padded.set(signal);
  const halved: number[] = [];
  for (let offset = 0, turn = 0; offset < padded.length; turn++) {
    const frames = Math.min(chunks[turn % chunks.length]!, padded.length - offset);
    kernels.floats(input, frames).set(padded.subarray(offset, offset + frames));
    const count = kernels.wasm.halfBandProcess(state, input, frames, output);
    halved.push(...kernels.floats(output, count));
    offset += frames;
  }
  kernels.release(mark);
  return Float32Array.from(halved).subarray(0, Math.ceil(signal.length / 2));
}

describe('half-band decimation', () => {
  it.each(RATES)('agrees with its twin, from %i Hz', (sampleRate) => {
    const signal = noise(5001, 2);
    const truth = halveRateTwin(Float64Array.from(signal), halfBandTapsTwin(sampleRate, PASS_HZ));
    expect(residualDb(halveRate(signal, sampleRate), truth)).toBeLessThan(-120);
  });

  it('gives the same bits for any chunk size', () => {
    const signal = noise(6000, 3);
    const whole = halveRate(signal, 44_100);
    for (const chunks of [[1], [441], [7, 1, 300], [2048, 3]]) {
      expect(halveRate(signal, 44_100, chunks)).toEqual(whole);
    }
  });

  it.each(RATES)('keeps a sine below the border in place and in level, from %i Hz', (sampleRate) => {
    for (const frequency of [0, 55, 440, 3500]) {
      const halved = halveRate(sine(4000, sampleRate, frequency).map(Math.fround), sampleRate);
      const truth = sine(2000, sampleRate / 2, frequency);
      const inner = halved.subarray(50, 1900);
      if (frequency > 0) expect(residualDb(inner, truth.subarray(50, 1900))).toBeLessThan(-75);
      else expect(inner.every((value) => value === 0)).toBe(true);
    }
  });

  it.each(RATES)('removes what would fall below the border, from %i Hz', (sampleRate) => {
    for (const alias of [100, 1000, PASS_HZ]) {
      const halved = halveRate(sine(4000, sampleRate, sampleRate / 2 - alias), sampleRate);
      const largest = halved.subarray(50, 1900).reduce((peak, value) => Math.max(peak, Math.abs(value)), 0);
      expect(20 * Math.log10(largest)).toBeLessThan(-79);
    }
  });

  it('passes a constant unchanged', () => {
    const halved = halveRate(new Float32Array(2000).fill(1), 44_100);
    halved.subarray(20, 980).forEach((value) => {
      expect(value).toBeCloseTo(1, 6);
    });
  });
});
