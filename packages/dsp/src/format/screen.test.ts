import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { screenBlock } from './screen.ts';

const block = new SampleBlock(new Kernels(), 2, 64);

it('replaces what is no number or too large by 0, counts it, and leaves the rest', () => {
  const sample = fc.oneof(
    fc.float({ min: -20, max: 20 }),
    fc.constantFrom(Number.NaN, Infinity, -Infinity, 4, -4, 1e38),
  );
  fc.assert(
    fc.property(fc.array(sample, { maxLength: 64 }), (samples) => {
      const input = Float32Array.from(samples);
      block.write([input, new Float32Array(input.length)], 0, input.length);
      const expected = input.map((x) => (Math.abs(x) <= 4 ? x : 0));
      expect(screenBlock(block, 4)).toBe(input.filter((x) => !(Math.abs(x) <= 4)).length);
      expect(block.channel(0).slice(0, input.length)).toEqual(expected);
    }),
  );
});
