import { Kernels } from '@tutti/dsp';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sonicPath } from './sonic-path.ts';
import { type EmbeddedTrack, SoundIndex } from './sound-index.ts';

const kernels = new Kernels();

function indexOf(tracks: readonly EmbeddedTrack[]): SoundIndex {
  return new SoundIndex(kernels, tracks);
}
const line = (...places: number[]) => places.map((place) => ({ id: `at ${place}`, values: [place, 0] }));
const idsOf = (path: readonly { readonly id: string }[]) => path.map(({ id }) => id);

const clouds = fc
  .array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), { minLength: 2, maxLength: 40 })
  .map((points) => points.map((values, i) => ({ id: `t${i}`, values })));

describe('sonicPath', () => {
  it('goes along a line in even steps, whatever else there is', () => {
    const index = indexOf([...line(0, 4, 1, 2.1, 3, 9), { id: 'far', values: [2, 7] }]);
    const path = sonicPath(index, { from: 'at 0', to: 'at 4' }, 3);
    expect(idsOf(path)).toEqual(['at 0', 'at 1', 'at 2.1', 'at 3', 'at 4']);
    [0, 1, 1.1, 0.9, 1].forEach((distance, i) => {
      expect(path[i]!.distance).toBeCloseTo(distance, 6);
    });
  });

  it('goes round a gap rather than over it when the steps are smaller so', () => {
    const round = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((i) => ({
      id: `round ${i}`,
      values: [4 - 4 * Math.cos((i * Math.PI) / 8), 1.2 * Math.sin((i * Math.PI) / 8)],
    }));
    const path = sonicPath(indexOf(round), { from: 'round 0', to: 'round 8' }, 7);
    expect(idsOf(path)).toEqual(idsOf(round));
  });

  it('has each track once, as many as there are, and only such as may lie between', () => {
    fc.assert(
      fc.property(clouds, fc.integer({ min: 0, max: 12 }), (tracks, between) =>
        kernels.lend(() => {
          const isAllowed = (id: string) => Number(id.slice(1)) % 3 !== 2;
          const path = idsOf(sonicPath(indexOf(tracks), { from: 't0', to: 't1' }, between, isAllowed));
          const possible = tracks.slice(2).filter(({ id }) => isAllowed(id)).length;
          expect(path).toHaveLength(2 + Math.min(between, possible));
          expect(new Set(path).size).toBe(path.length);
          expect([path[0], path.at(-1)]).toEqual(['t0', 't1']);
          expect(path.slice(1, -1).every(isAllowed)).toBe(true);
        }),
      ),
    );
  });

  it('backwards it costs the same', () => {
    const cost = (path: readonly { readonly distance: number }[]) =>
      path.reduce((sum, { distance }) => sum + distance ** 2, 0);
    const tracks = [...line(0, 10), ...[1, 2, 3, 5, 6, 7, 8].map((x) => ({ id: `t${x}`, values: [x, (x * 7) % 3] }))];
    const index = indexOf(tracks);
    const there = sonicPath(index, { from: 'at 0', to: 'at 10' }, 4);
    const back = sonicPath(index, { from: 'at 10', to: 'at 0' }, 4);
    expect(cost(there)).toBeCloseTo(cost(back), 9);
  });

  it('refuses ends that are not there, or are one', () => {
    const index = indexOf(line(0, 1));
    expect(() => sonicPath(index, { from: 'at 0', to: 'nowhere' }, 1)).toThrow(/nowhere has no place/);
    expect(() => sonicPath(index, { from: 'at 0', to: 'at 0' }, 1)).toThrow(/not to itself/);
  });
});

describe('SoundIndex', () => {
  it('answers the nearest tracks that may be answered', () => {
    const index = indexOf(line(0, 3, 1, 2));
    expect(index.nearest([0.9, 0], 2)).toMatchObject([{ id: 'at 1' }, { id: 'at 0' }]);
    expect(idsOf(index.nearest([0, 0], 9, (id) => id !== 'at 0'))).toEqual(['at 1', 'at 2', 'at 3']);
    expect(index.vectorOf('at 7')).toBeUndefined();
  });

  it('refuses no tracks, one that is there twice, and vectors of different lengths', () => {
    expect(() => indexOf([])).toThrow(/no tracks/);
    expect(() => indexOf([...line(1), ...line(1)])).toThrow(/there twice/);
    expect(() => indexOf([...line(1), { id: 'x', values: [1] }])).toThrow(/1 numbers; here they have 2/);
  });
});
