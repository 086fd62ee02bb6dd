import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { spectralFluxTwin } from './spectral-flux.twin.ts';

const kernels = new Kernels();

describe('spectralFlux', () => {
  /** Flux of bands that have nothing beside them. */
  function flux(present: number[], past: number[]): number[] {
    const mark = kernels.mark();
    const [now, before, output] = [0, 0, 0].map(() => kernels.allocateFloats(16));
    kernels.floats(now!, 8).set(present);
    kernels.floats(before! + 16, 8).set(past);
    kernels.wasm.spectralFlux(now!, before! + 16, output!, 8);
    const result = Array.from(kernels.floats(output!, 8));
    kernels.release(mark);
    return result;
  }

  it('measures the rise over the loudest neighbour one frame before', () => {
    expect(flux([1, 0, 5, 0, 0, 4, 0, 2], [0, 0, 0, 3, 0, 0, 0, 0])).toEqual([1, 0, 2, 0, 0, 4, 0, 2]);
  });

  it('does not see a partial that moves by one band, and sees one that jumps', () => {
    expect(flux([0, 0, 0, 4, 0, 0, 0, 0], [0, 0, 4, 0, 0, 0, 0, 0])).toEqual(Array(8).fill(0));
    expect(flux([0, 0, 0, 0, 4, 0, 0, 0], [0, 0, 4, 0, 0, 0, 0, 0])).toEqual([0, 0, 0, 0, 4, 0, 0, 0]);
  });

  it('agrees with its twin', () => {
    for (let seed = 1; seed < 50; seed++) {
      const [present, past] = [noise(8, seed), noise(8, seed + 100)].map((values) => values.map(Math.abs));
      const truth = new Float64Array(8);
      spectralFluxTwin(Float64Array.from(present!), Float64Array.from(past!), truth);
      flux([...present!], [...past!]).forEach((value, band) => {
        expect(value).toBeCloseTo(truth[band]!, 6);
      });
    }
  });

  it('does not see a fall', () => {
    expect(flux(Array(8).fill(1), Array(8).fill(2))).toEqual(Array(8).fill(0));
  });
});
