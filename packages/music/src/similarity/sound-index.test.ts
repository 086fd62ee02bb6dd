import { Kernels } from '@tutti/dsp';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SoundIndex } from './sound-index.ts';

const kernels = new Kernels();
const point = fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }));
const step = fc.record({ id: fc.constantFrom(...'abcdefgh'), values: fc.option(point) });

it('answers as one that was made of the tracks that are left, whatever came and went', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), point, fc.integer({ min: 1, max: 9 }), (steps, from, most) => {
      kernels.lend(() => {
        const index = new SoundIndex(kernels, [{ id: 'first', values: [0, 0] }]);
        const left = new Map<string, readonly number[]>([['first', [0, 0]]]);
        for (const { id, values } of steps) {
          if (values === null) {
            index.remove(id);
            left.delete(id);
          } else {
            index.put(id, values);
            left.set(id, values);
          }
        }
        const away = ([x, y]: readonly number[]) => Math.hypot(x! - from[0], y! - from[1]);
        const distances = [...left.values()]
          .map(away)
          .toSorted((a, b) => a - b)
          .slice(0, most);
        const found = index.nearest(from, most);
        expect(index.size).toBe(left.size);
        expect(found.map(({ distance }) => distance)).toEqual(distances.map((distance) => expect.closeTo(distance, 4)));
        for (const { id, distance } of found) expect(away(left.get(id)!)).toBeCloseTo(distance, 4);
      });
    }),
  );
});
