import { describe, expect, it } from 'vitest';
import { worstLattice } from './lattice.ts';

/** 44,100 samples a second in hops of 512, lags of 38 to 47 frames: 109.95 to 135.99 bpm. */
const onLattice = Array.from({ length: 10 }, (_, i) => (60 * 44_100) / (512 * (38 + i)));

describe('worstLattice', () => {
  it('finds the lattice that tempi lie on', () => {
    expect(worstLattice(onLattice)).toMatchObject({ share: 1, byChance: 0 });
    const { sampleRate, hop } = worstLattice(onLattice)!;
    // 22,050 in hops of 256 is the same lattice.
    expect(sampleRate / hop).toBe(44_100 / 512);
  });

  it('finds it behind rounding, and says what chance would give', () => {
    const rounded = onLattice.map((bpm) => Math.round(bpm * 10) / 10);
    const { share, byChance } = worstLattice(rounded)!;
    expect(share).toBe(1);
    expect(byChance).toBeGreaterThan(0);
    expect(byChance).toBeLessThan(0.2);
  });

  it('finds none in tempi that are a little off', () => {
    expect(worstLattice(onLattice.map((bpm) => bpm * 1.0007))!.share).toBeLessThan(0.2);
  });

  it('leaves whole tempi out', () => {
    expect(worstLattice([120, 128, 174, 90, 100, 110])).toBeNull();
  });
});
