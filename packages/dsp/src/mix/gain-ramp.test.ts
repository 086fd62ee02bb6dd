import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { applyGain, mixInto } from './gain-ramp.ts';
import { mixRampTwin, scaleRampTwin } from './gain-ramp.twin.ts';

const kernels = new Kernels();
const capacity = 600;
const destination = new SampleBlock(kernels, 2, capacity);
const source = new SampleBlock(kernels, 2, capacity);
const samples = fc.float32Array({ minLength: 1, maxLength: capacity, noNaN: true, min: -2, max: 2 });
const gains = fc.float({ min: -4, max: 4, noNaN: true });

describe('mixInto', () => {
  it('agrees with its float64 twin on any block and any ramp', () => {
    fc.assert(
      fc.property(samples, gains, gains, (input, from, to) => {
        destination.write([input, input], 0, input.length);
        source.write([input, input], 0, input.length);
        mixInto(destination, source, from, to);
        const expected = mixRampTwin(Float64Array.from(input), Float64Array.from(input), from, to);
        const result = destination.channel(1);
        for (let i = 0; i < input.length; i++) expect(Math.abs(result[i]! - expected[i]!)).toBeLessThan(1e-5);
      }),
    );
  });

  it('keeps channels apart', () => {
    destination.silence(16);
    source.write([new Float32Array(16).fill(1), new Float32Array(16)], 0, 16);
    mixInto(destination, source, 1, 1);
    expect(Array.from(destination.channel(0).subarray(0, 16))).toEqual(Array(16).fill(1));
    expect(Array.from(destination.channel(1).subarray(0, 16))).toEqual(Array(16).fill(0));
  });

  it('refuses a source longer than the destination', () => {
    destination.silence(8);
    source.silence(9);
    expect(() => mixInto(destination, source, 0, 1)).toThrow(/9 samples/);
  });
});

describe('applyGain', () => {
  it('agrees with its float64 twin on any block and any ramp', () => {
    fc.assert(
      fc.property(samples, gains, gains, (input, from, to) => {
        destination.write([input, input], 0, input.length);
        applyGain(destination, from, to);
        const expected = scaleRampTwin(Float64Array.from(input), from, to);
        const result = destination.channel(1);
        for (let i = 0; i < input.length; i++) expect(Math.abs(result[i]! - expected[i]!)).toBeLessThan(1e-5);
      }),
    );
  });

  it('leaves a block alone, bit by bit, at a gain of 1, and does not touch what is behind its end', () => {
    const input = Float32Array.from({ length: 17 }, (_, i) => Math.sin(i));
    destination.write([input, input], 0, 17);
    destination.frames = 13;
    applyGain(destination, 1);
    expect(destination.channel(0).slice(0, 17)).toEqual(input);
    applyGain(destination, 0);
    expect(destination.channel(0).slice(0, 17)).toEqual(input.map((value, i) => (i < 13 ? value * 0 : value)));
  });
});
