import { describe, expect, it } from 'vitest';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { residualDb } from '../testing/residual.ts';
import { noise } from '../testing/signals.ts';
import { Stft } from './stft.ts';
import { stftTwin } from './stft.twin.ts';

const kernels = new Kernels();
const SHAPES = [
  { size: 32, hop: 8 },
  { size: 256, hop: 128 },
  { size: 1024, hop: 256 },
  { size: 4096, hop: 256 },
];

/** What comes out for a signal in blocks of `blockFrames`, and all spectra. */
function process(signal: Float32Array, shape: { size: number; hop: number }, blockFrames = 1000) {
  const mark = kernels.mark();
  const stft = new Stft(kernels, shape);
  const block = new SampleBlock(kernels, 2, blockFrames);
  const output = [new Float32Array(signal.length), new Float32Array(signal.length)];
  const spectra: number[] = [];
  const frames: number[] = [];
  for (let offset = 0; offset < signal.length; offset += blockFrames) {
    block.write([signal, signal], offset, Math.min(blockFrames, signal.length - offset));
    stft.process(block, 1, (spectrum, frame) => {
      spectra.push(...spectrum);
      frames.push(frame);
    });
    block.read(output, offset);
  }
  kernels.release(mark);
  return { output, spectra: Float32Array.from(spectra), frames };
}

describe('Stft', () => {
  it.each(SHAPES)('agrees with its twin and gives back what came in: $size, $hop', (shape) => {
    const signal = noise(9000);
    const { output, spectra, frames } = process(signal, shape);
    const truth = stftTwin(Float64Array.from(signal), shape.size, shape.hop);
    expect(frames).toEqual(Array.from({ length: Math.floor(9000 / shape.hop) }, (_, i) => i));
    expect(spectra.length).toBe(truth.length);
    expect(residualDb(spectra, truth)).toBeLessThan(-120);
    expect(output[1]!.subarray(0, shape.size).every((value) => Math.abs(value) < 1e-6)).toBe(true);
    expect(residualDb(output[1]!.subarray(shape.size), signal.subarray(0, 9000 - shape.size))).toBeLessThan(-120);
    expect(output[0]).toEqual(signal);
  });

  it('gives the same bits for any block size', () => {
    const signal = noise(5000, 3);
    const shape = { size: 512, hop: 128 };
    const whole = process(signal, shape, 5000);
    for (const blockFrames of [1, 100, 128, 513]) {
      const parts = process(signal, shape, blockFrames);
      expect(parts.output).toEqual(whole.output);
      expect(parts.spectra).toEqual(whole.spectra);
    }
  });

  it('gives back what the visitor makes of the spectra', () => {
    const signal = noise(4000, 4);
    const stft = new Stft(kernels, { size: 512, hop: 128 });
    const block = new SampleBlock(kernels, 1, 4000);
    block.write([signal], 0, 4000);
    stft.process(block, 0, (spectrum) => {
      for (let i = 0; i < spectrum.length; i++) spectrum[i]! *= -0.5;
    });
    const result = block.channel(0).subarray(512, 4000);
    expect(
      residualDb(
        result,
        signal.subarray(0, 4000 - 512).map((value) => -0.5 * value),
      ),
    ).toBeLessThan(-120);
  });

  it('starts anew after a visitor threw', () => {
    const stft = new Stft(kernels, { size: 256, hop: 64 });
    const block = new SampleBlock(kernels, 1, 1000);
    block.write([noise(1000)], 0, 1000);
    const fail = (_: Float32Array, frame: number) => {
      if (frame === 3) throw new Error('no more');
    };
    expect(() => stft.process(block, 0, fail)).toThrow('no more');
    block.silence(1000);
    stft.process(block, 0, (spectrum, frame) => {
      if (frame === 0) expect(spectrum.every((value) => value === 0)).toBe(true);
    });
    expect(block.channel(0).every((value) => value === 0)).toBe(true);
  });

  it('refuses other shapes and channels', () => {
    expect(() => new Stft(kernels, { size: 1000, hop: 250 })).toThrow(/log2 of size/);
    expect(() => new Stft(kernels, { size: 1024, hop: 300 })).toThrow(/hop is 300/);
    expect(() => new Stft(kernels, { size: 32, hop: 2 })).toThrow(/hop is 2/);
    const stft = new Stft(kernels, { size: 32, hop: 8 });
    expect(() => stft.process(new SampleBlock(kernels, 1, 8), 1, () => undefined)).toThrow(/channel is 1/);
  });
});
