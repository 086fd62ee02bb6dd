import { describe, expect, it } from 'vitest';
import { thirdOctaveBands } from './third-octaves.ts';

describe('thirdOctaveBands', () => {
  it('has the bands of the standard, edge to edge', () => {
    const bands = thirdOctaveBands(48_000);
    expect(bands).toHaveLength(31);
    expect(bands[0]!.middleHz).toBeCloseTo(19.953, 3);
    expect(bands[17]).toMatchObject({ nominalHz: 1000, middleHz: 1000 });
    expect(bands[30]!.middleHz).toBeCloseTo(19_952.62, 2);
    bands.forEach((band, i) => {
      // Nominal middles are rounded by at most 1 %; edges lie half a band away.
      expect(Math.abs(Math.log(band.nominalHz / band.middleHz))).toBeLessThan(0.01);
      expect(band.highHz / band.middleHz).toBeCloseTo(10 ** 0.05, 12);
      if (i > 0) expect(band.lowHz).toBeCloseTo(bands[i - 1]!.highHz, 8);
    });
  });

  it('ends where the rate ends', () => {
    expect(thirdOctaveBands(44_100).at(-1)).toMatchObject({ nominalHz: 20_000, highHz: 22_050 });
    expect(thirdOctaveBands(8000).at(-1)).toMatchObject({ nominalHz: 3150 });
    expect(thirdOctaveBands(192_000).at(-1)!.highHz).toBeCloseTo(22_387, 0);
  });
});
