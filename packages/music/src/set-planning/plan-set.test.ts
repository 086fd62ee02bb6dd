import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analysisOf } from '../testing/analysis-of.ts';
import { ALL_KEYS } from '../theory/key.ts';
import { planSet } from './plan-set.ts';
import { seededRandom } from './seeded-random.ts';
import type { EnergyShape, PlannableTrack, SetPlanOptions } from './set-plan.ts';

/** Tracks as a crate has them: any key, tempi around a few centres, some facts missing. */
function crate(count: number, seed: number): PlannableTrack[] {
  const random = seededRandom(seed);
  const sometimes = <T>(value: T, chance: number) => (random() < chance ? null : value);
  return Array.from({ length: count }, (_, index) => {
    const key = ALL_KEYS[Math.floor(random() * 24)]!;
    const bpm = [87, 100, 124, 128, 174][Math.floor(random() * 5)]! * (0.96 + 0.08 * random());
    return {
      id: `track-${String(index).padStart(4, '0')}`,
      title: `Track ${index}`,
      seconds: 120 + Math.floor(240 * random()),
      analysis: analysisOf({
        key: sometimes([key.tonic, key.mode] as const, 0.1),
        bpm: sometimes(bpm, 0.1),
        energy: 1 + Math.floor(10 * random()),
        lufs: -16 + 8 * random(),
      }),
    };
  });
}

describe('planSet', () => {
  const shapes: (EnergyShape | undefined)[] = ['rise', 'fall', 'peak', 'wave', 'flat', undefined];

  it('uses every track once when no length is wanted, and opens with the one chosen', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 0, max: 1000 }),
        fc.constantFrom(...shapes),
        (count, seed, energy) => {
          const tracks = crate(count, seed);
          const startId = tracks[seed % count]!.id;
          const plan = planSet(tracks, { seed, startId, ...(energy ? { energy } : {}) });
          expect(plan.tracks[0]!.id).toBe(startId);
          expect(plan.tracks.map(({ id }) => id).toSorted()).toEqual(tracks.map(({ id }) => id));
          expect(plan.pairs).toHaveLength(count - 1);
          expect(plan.leftOut).toEqual([]);
          const sum = [...plan.pairs.map(({ cost }) => cost.total), ...plan.tracks.map((track) => track.curveCost)];
          expect(plan.cost).toBeCloseTo(
            sum.reduce((a, b) => a + b, 0),
            9,
          );
        },
      ),
      { numRuns: 25 },
    );
  });

  it('gives the same plan again, and for the tracks in any order', () => {
    for (const count of [9, 25]) {
      const tracks = crate(count, 4);
      const options: SetPlanOptions = { seed: 11, energy: 'peak', candidates: 3 };
      const plan = planSet(tracks, options);
      expect(planSet(tracks, options)).toEqual(plan);
      expect(planSet(tracks.toReversed(), options)).toEqual(plan);
    }
  });

  it('lets the seed decide between tracks that are alike, and nothing else', () => {
    const alike = crate(1, 1).flatMap((track) =>
      Array.from({ length: 6 }, (_, index) => ({ ...track, id: `copy-${index}` })),
    );
    const orders = new Set(
      Array.from({ length: 8 }, (_, seed) =>
        planSet(alike, { seed })
          .tracks.map(({ id }) => id)
          .join(),
      ),
    );
    expect(orders.size).toBeGreaterThan(3);
    const costs = Array.from({ length: 5 }, (_, seed) => planSet(crate(8, 3), { seed }).cost);
    for (const cost of costs) expect(cost).toBeCloseTo(costs[0]!, 9);
  });

  it('keeps a given order, and cuts it where a wanted length is nearest', () => {
    const tracks = crate(10, 8);
    const kept = planSet(tracks, { seed: 1, keepOrder: true });
    expect(kept.tracks.map(({ id }) => id)).toEqual(tracks.map(({ id }) => id));
    expect(kept.method).toBe('given order');
    const cut = planSet(tracks, { seed: 1, keepOrder: true, lengthSeconds: 900 });
    expect(cut.tracks.map(({ id }) => id)).toEqual(tracks.slice(0, cut.tracks.length).map(({ id }) => id));
    expect(Math.abs(cut.seconds - 900)).toBeLessThan(200);
    expect(cut.leftOut).toEqual(tracks.slice(cut.tracks.length).map(({ id }) => id));
  });

  it.each([9, 60, 3000])('chooses from %i tracks for a length of 20 minutes', (count) => {
    const plan = planSet(crate(count, 2), { seed: 1, energy: 'wave', lengthSeconds: 1200 });
    expect(Math.abs(plan.seconds - 1200)).toBeLessThan(120);
    expect(new Set(plan.tracks.map(({ id }) => id)).size).toBe(plan.tracks.length);
    expect(plan.leftOut).toHaveLength(count - plan.tracks.length);
  });

  it('uses every track and says so when the length asked for is longer than all of them', () => {
    const plan = planSet(crate(3, 2), { seed: 1, lengthSeconds: 36_000 });
    expect(plan.tracks).toHaveLength(3);
    expect(plan.warnings.join()).toMatch(/less than the 600.0 minutes/);
  });

  it('follows the energy curve', () => {
    const tracks = [5, 2, 9, 7, 1].map((energy, index) => ({
      id: `t${index}`,
      title: '',
      seconds: 200,
      analysis: analysisOf({ energy, bpm: 120, key: ['A', 'minor'], lufs: -10 }),
    }));
    const levels = (energy: EnergyShape) =>
      planSet(tracks, { seed: 1, energy }).tracks.map(({ id }) => tracks[Number(id[1])]!.analysis.energy.level);
    expect(levels('rise')).toEqual([1, 2, 5, 7, 9]);
    expect(levels('fall')).toEqual([9, 7, 5, 2, 1]);
    expect(levels('peak')[3]).toBe(9);
  });

  it('gives alternatives that differ, best first', () => {
    for (const count of [8, 20]) {
      const plan = planSet(crate(count, 6), { seed: 1, candidates: 4 });
      const orders = [plan, ...plan.alternatives];
      expect(orders).toHaveLength(4);
      for (let i = 1; i < orders.length; i++) expect(orders[i]!.cost).toBeGreaterThanOrEqual(orders[i - 1]!.cost);
      expect(new Set(orders.map(({ tracks }) => tracks.map(({ id }) => id).join())).size).toBe(4);
    }
  });

  it('plans tracks without tempo or key, and says what is not known', () => {
    const tracks = [
      { id: 'rain', title: 'Rain', seconds: 60, analysis: analysisOf({}) },
      { id: 'song', title: 'Song', seconds: 60, analysis: analysisOf({ bpm: 120, key: ['C', 'major'], energy: 5 }) },
    ];
    const plan = planSet(tracks, { seed: 1, energy: 'rise', startId: 'rain' });
    expect(plan.pairs[0]!.reason).toBe(
      'key not known to 8B; no tempo to 120.0 BPM; energy not known to 5; loudness not known',
    );
    expect(Number.isFinite(plan.cost)).toBe(true);
    const silence = planSet([tracks[0]!], { seed: 1, energy: 'rise' });
    expect(silence.tracks).toHaveLength(1);
    expect(silence.warnings.join()).toMatch(/no track's energy is known/);
  });

  it('tells why one track follows another', () => {
    const track = (id: string, bpm: number, key: 'A' | 'E', energy: number) => ({
      id,
      title: id,
      seconds: 180,
      analysis: analysisOf({ bpm, key: [key, 'minor'], energy, lufs: -9 }),
    });
    const reason = (first: PlannableTrack, second: PlannableTrack) =>
      planSet([first, second], { seed: 1, keepOrder: true }).pairs[0]!.reason;
    expect(reason(track('a', 124, 'A', 5), track('b', 126, 'E', 6))).toBe(
      '8A to 9A: a fifth up; 124.0 to 126.0 BPM, stretch +1.6 %; energy 5 to 6; +0.0 LU',
    );
    expect(reason(track('a', 174, 'E', 5), track('b', 86, 'A', 5))).toBe(
      '9A to 8A: a fifth down; 174.0 to 86.0 BPM at half time, stretch −1.1 %; energy 5 to 5; +0.0 LU',
    );
  });

  it.each<[string, Partial<SetPlanOptions>, RegExp]>([
    ['a fractional seed', { seed: 0.5 }, /seed is 0.5; it must be a whole number/],
    ['too many candidates', { candidates: 21 }, /candidates is 21; .* between 1 and 20/],
    ['a length of nothing', { lengthSeconds: 0 }, /lengthSeconds is 0; it must be above 0/],
    ['a start that is no track', { startId: 'nobody' }, /"nobody" is none of the tracks/],
    ['a start against the order', { startId: 'track-0002', keepOrder: true }, /does not open with/],
    ['a shape there is none of', { energy: 'zigzag' as EnergyShape }, /"zigzag"; it must be one of rise, fall/],
  ])('refuses %s', (_, options, message) => {
    expect(() => planSet(crate(3, 1), { seed: 1, ...options })).toThrow(message);
  });

  it('refuses no tracks, and the same id twice', () => {
    expect(() => planSet([], { seed: 1 })).toThrow(/a set of 0 tracks/);
    const [track] = crate(1, 1);
    expect(() => planSet([track!, track!], { seed: 1 })).toThrow(/two tracks have the id "track-0000"/);
  });
});
