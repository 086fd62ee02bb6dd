import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analysisOf } from '../testing/analysis-of.ts';
import { makeCrate } from '../testing/crates.ts';
import type { PitchName } from '../theory/key.ts';
import type { EnergyShape } from './energy-curve.ts';
import { planSet } from './plan-set.ts';
import type { SetOrder, SetPlanOptions } from './set-plan.ts';
import { type SetTrack, setTrackOf } from './set-track.ts';

const idsOf = (order: SetOrder) => order.tracks.map(({ id }) => id);

describe('planSet', () => {
  const shapes: (EnergyShape | undefined)[] = ['rise', 'fall', 'peak', 'wave', 'flat', undefined];

  it('uses every track once when no length is wanted, and opens with the one chosen', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 0, max: 1000 }),
        fc.constantFrom(...shapes),
        (count, seed, energy) => {
          const tracks = makeCrate(count, seed);
          const firstId = tracks[seed % count]!.id;
          const plan = planSet(tracks, { seed, firstId, ...(energy ? { energy } : {}) });
          expect(plan.tracks[0]!.id).toBe(firstId);
          expect(idsOf(plan).toSorted()).toEqual(tracks.map(({ id }) => id));
          expect(plan.pairs).toHaveLength(count - 1);
          expect(plan.leftOut).toEqual([]);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('costs the sum of its pairs, places and artists', () => {
    for (const options of [{}, { lengthSeconds: 1500 }]) {
      const plan = planSet(makeCrate(40, 3), { seed: 1, energy: 'peak', ...options });
      const parts = [...plan.pairs.map(({ cost }) => cost.total), ...plan.tracks.map((track) => track.curveCost)];
      expect(plan.cost).toBeCloseTo(
        parts.reduce((a, b) => a + b, plan.artistCost),
        9,
      );
    }
  });

  it('gives the same plan again, and for the tracks in any order', () => {
    for (const [count, lengthSeconds] of [
      [9, undefined],
      [20, undefined],
      [40, 1800],
    ] as const) {
      const tracks = makeCrate(count, 4);
      const options: SetPlanOptions = {
        seed: 11,
        energy: 'peak',
        candidates: 2,
        ...(lengthSeconds && { lengthSeconds }),
      };
      const plan = planSet(tracks, options);
      expect(planSet(tracks, options)).toEqual(plan);
      const reversed = planSet(tracks.toReversed(), options);
      expect({ ...reversed, leftOut: reversed.leftOut.toSorted() }).toEqual({
        ...plan,
        leftOut: plan.leftOut.toSorted(),
      });
    }
  });

  it('lets the seed decide between tracks that are alike', () => {
    const alike = makeCrate(1, 1).flatMap((track) =>
      Array.from({ length: 6 }, (_, index) => ({ ...track, id: `copy-${index}` })),
    );
    const orders = new Set(Array.from({ length: 8 }, (_, seed) => idsOf(planSet(alike, { seed })).join()));
    expect(orders.size).toBeGreaterThan(3);
    const costs = Array.from({ length: 5 }, (_, seed) => planSet(makeCrate(8, 3), { seed }).cost);
    for (const cost of costs) expect(cost).toBeCloseTo(costs[0]!, 9);
  });

  it('keeps a given order, and cuts it where a wanted length is nearest', () => {
    const tracks = makeCrate(10, 8);
    const kept = planSet(tracks, { seed: 1, keepOrder: true });
    expect(idsOf(kept)).toEqual(tracks.map(({ id }) => id));
    expect(kept.method).toBe('given order');
    const cut = planSet(tracks, { seed: 1, keepOrder: true, lengthSeconds: 900 });
    expect(idsOf(cut)).toEqual(tracks.slice(0, cut.tracks.length).map(({ id }) => id));
    expect(Math.abs(cut.seconds - 900)).toBeLessThan(200);
    expect(cut.leftOut).toEqual(tracks.slice(cut.tracks.length).map(({ id }) => id));
  });

  it.each([20, 60, 3000])('chooses from %i tracks for a length, within 5 %, each at most once', (count) => {
    for (const minutes of count > 100 ? [60] : [20, 33, 60]) {
      const plan = planSet(makeCrate(count, 2), { seed: 1, energy: 'wave', lengthSeconds: 60 * minutes });
      expect(Math.abs(plan.seconds / 60 / minutes - 1)).toBeLessThanOrEqual(0.05);
      expect(new Set(idsOf(plan)).size).toBe(plan.tracks.length);
      expect(plan.leftOut).toHaveLength(count - plan.tracks.length);
      expect(plan.warnings).toEqual([]);
    }
  });

  it('is within 5 % of the length wherever any choice of a few tracks is, and else says by how much it is not', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 9 }),
        fc.integer({ min: 0, max: 500 }),
        fc.double({ min: 0.1, max: 0.99, noNaN: true }),
        (count, seed, share) => {
          const tracks = makeCrate(count, seed);
          const lengthSeconds = share * tracks.reduce((sum, { setSeconds }) => sum + setSeconds, 0);
          const plan = planSet(tracks, { seed, lengthSeconds });
          const miss = Math.abs(plan.seconds / lengthSeconds - 1);
          const isPossible = subsets(tracks).some((own) => {
            const seconds = own.reduce((sum, { setSeconds }) => sum + setSeconds, 0);
            return own.some((last) => Math.abs((seconds + last.seconds - last.setSeconds) / lengthSeconds - 1) <= 0.05);
          });
          expect(miss <= 0.05 + 1e-9).toBe(isPossible);
          expect(plan.warnings.some((words) => /than the .* asked for/.test(words))).toBe(!isPossible);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('uses every track and says so when the length asked for is longer than all of them', () => {
    const plan = planSet(makeCrate(3, 2), { seed: 1, lengthSeconds: 36_000 });
    expect(plan.tracks).toHaveLength(3);
    expect(plan.warnings.join()).toMatch(/less than the 600.0 minutes/);
  });

  it('follows the energy curve, a shape or drawn', () => {
    const tracks = [5, 2, 9, 7, 1].map((energy, index) =>
      setTrackOf({
        id: `t${index}`,
        title: '',
        seconds: 200,
        analysis: analysisOf({ energy, bpm: 120, key: ['A', 'minor'], lufs: -10 }),
      }),
    );
    const levels = (energy: NonNullable<SetPlanOptions['energy']>) =>
      idsOf(planSet(tracks, { seed: 1, energy })).map((id) => tracks[Number(id[1])]!.energyLevel);
    expect(levels('rise')).toEqual([1, 2, 5, 7, 9]);
    expect(levels('fall')).toEqual([9, 7, 5, 2, 1]);
    expect(levels('peak')[3]).toBe(9);
    expect(
      levels([
        { at: 1, value: 1 },
        { at: 0, value: 1 },
        { at: 0.5, value: 10 },
      ])[2],
    ).toBe(9);
    const drawn = planSet(tracks, { seed: 1, energy: [{ at: 0, value: 4 }] });
    expect(drawn.tracks.map(({ targetEnergy }) => targetEnergy)).toEqual([4, 4, 4, 4, 4]);
    expect(drawn.tracks[0]!.reason).toMatch(/where the drawn curve asks for 4.0/);
  });

  it('gives other sets that differ by the measure that it states, best first', () => {
    for (const [count, lengthSeconds] of [
      [8, undefined],
      [20, undefined],
      [80, 1800],
    ] as const) {
      const plan = planSet(makeCrate(count, 6), { seed: 1, candidates: 4, ...(lengthSeconds && { lengthSeconds }) });
      const orders = [plan, ...plan.alternatives];
      expect(orders).toHaveLength(4);
      for (let i = 1; i < orders.length; i++)
        expect(orders[i]!.score).toBeGreaterThanOrEqual(orders[i - 1]!.score - 1e-9);
      const traits = (order: SetOrder) =>
        lengthSeconds ? idsOf(order) : order.pairs.map(({ fromId, toId }) => `${fromId}>${toId}`);
      orders.forEach((order, i) => {
        for (const earlier of orders.slice(0, i)) {
          const [few, many] = [traits(order), traits(earlier)].sort((a, b) => a.length - b.length);
          const difference = few!.filter((trait) => !many!.includes(trait)).length / few!.length;
          expect(difference).toBeGreaterThanOrEqual(lengthSeconds ? 1 / 2 : 1 / 3);
          expect(order.difference).toBeLessThanOrEqual(difference + 1e-12);
        }
      });
    }
  });

  it('says when there are no more sets that differ enough', () => {
    const plan = planSet(makeCrate(3, 1), { seed: 1, candidates: 20 });
    expect(plan.alternatives.length).toBeLessThan(19);
    expect(plan.warnings.join()).toMatch(/of 20 candidates: there is no other set that differs in a third/);
    const chosen = planSet(makeCrate(6, 1), { seed: 1, candidates: 9, lengthSeconds: 900 });
    expect(chosen.warnings.join()).toMatch(/of 9 candidates: there is no other set that differs in half/);
  });

  it('does not choose two files with the same sound, and plays them where all are asked for', () => {
    const tracks = makeCrate(30, 2).flatMap((track) => [track, { ...track, id: `${track.id}-copy` }]);
    const plan = planSet(tracks, { seed: 1, lengthSeconds: 1200 });
    const sounds = idsOf(plan).map((id) => tracks.find((track) => track.id === id)!.sound);
    expect(new Set(sounds).size).toBe(sounds.length);
    expect(plan.warnings.join()).toMatch(/30 tracks are left out, the same recording as another one/);
    expect(planSet(tracks, { seed: 1 }).tracks).toHaveLength(60);
  });

  it('does not choose one recording in two encodings either, unless both are wanted', () => {
    const crate = makeCrate(30, 2);
    const encoded = crate.map((track): SetTrack => {
      const values = track.embedding?.values.map((value, i) => value + (i % 2 === 0 ? 0.03 : -0.03));
      return {
        ...track,
        id: `${track.id}-mp3`,
        sound: `${track.sound}-mp3`,
        seconds: track.seconds + 0.05,
        embedding: values ? { model: 'made-up/1', values } : null,
      };
    });
    const tracks = [...crate, ...encoded];
    const withSound = crate.filter(({ embedding }) => embedding !== null);
    const plan = planSet(tracks, { seed: 1, lengthSeconds: 3600 });
    expect(plan.warnings.join()).toContain(
      `${withSound.length} tracks are left out, the same recording as another one`,
    );
    const both = [withSound[0]!.id, `${withSound[0]!.id}-mp3`];
    expect(idsOf(planSet(tracks, { seed: 1, lengthSeconds: 3600, mustIds: both }))).toEqual(
      expect.arrayContaining(both),
    );
  });

  it('plans tracks without tempo or key, and says what is not known', () => {
    const made = (id: string, title: string, facts: Parameters<typeof analysisOf>[0]) =>
      setTrackOf({ id, title, seconds: 60, analysis: analysisOf(facts) });
    const tracks = [made('rain', 'Rain', {}), made('song', 'Song', { bpm: 120, key: ['C', 'major'], energy: 5 })];
    const plan = planSet(tracks, { seed: 1, energy: 'rise', firstId: 'rain' });
    expect(plan.pairs[0]!.reason).toBe(
      'key not known to 8B; no tempo to 120.0 BPM; energy not known to 5; loudness not known; sound not compared; singing not known; ends not known; costs 2.62 points',
    );
    expect(Number.isFinite(plan.cost)).toBe(true);
    const silence = planSet([tracks[0]!], { seed: 1, energy: 'rise' });
    expect(silence.tracks).toHaveLength(1);
    expect(silence.warnings.join()).toMatch(/no track has a known energy/);
    expect(silence.reason).toBe('1 track in 1.0 minutes; energy not known; no tempo');
  });

  it('explains each pair, and the whole, in a sentence with numbers', () => {
    const track = (id: string, bpm: number, key: PitchName, energy: number): SetTrack =>
      setTrackOf({ id, title: id, seconds: 180, analysis: analysisOf({ bpm, key: [key, 'minor'], energy, lufs: -9 }) });
    const reason = (first: SetTrack, second: SetTrack) =>
      planSet([first, second], { seed: 1, keepOrder: true }).pairs[0]!.reason;
    expect(reason(track('a', 124, 'A', 5), track('b', 126, 'E', 6))).toMatch(
      /^8A to 9A: a fifth up; 124.0 to 126.0 BPM, stretch \+1.6 %; energy 5 to 6; 0.0 LU; /,
    );
    expect(reason(track('a', 174, 'E', 5), track('b', 86, 'A', 5))).toMatch(
      /^9A to 8A: a fifth down; 174.0 to 86.0 BPM at half time, stretch −1.1 %; energy 5 to 5; 0.0 LU; /,
    );
    expect(reason(track('a', 124, 'A', 5), track('b', 124, 'B', 8))).toMatch(
      /^8A to 10A: a whole tone up, an energy boost;/,
    );
    const crate = makeCrate(200, 1);
    const plan = planSet(crate, { seed: 1, lengthSeconds: 1800, energy: 'rise', candidates: 2 });
    expect(plan.reason).toMatch(
      /^\d+ tracks in \d+\.\d minutes of the 30\.0 minutes asked for; energy from \d+ over \d+ to \d+, off the curve by \d\.\d levels on average; [\d.]+ to [\d.]+ BPM, largest stretch [+−]?[\d.]+ %; \d+ of \d+ known changes of key to the same or a neighbouring key; a step costs \d\.\d\d points on average, the dearest \d\.\d\d \(\d+ to \d+\)$/,
    );
    expect(plan.alternatives[0]!.reason).toMatch(/; \d+ % different from the sets before it$/);
    expect(plan.pairs[0]!.reason).toMatch(
      /sound (alike|related|different) \(0\.\d\d of 1 apart\).*\d+ of 16 bars to blend over|ends not known/,
    );
  });
});

/** Every choice of some of the tracks. */
function subsets(tracks: readonly SetTrack[]): SetTrack[][] {
  return Array.from({ length: 2 ** tracks.length - 1 }, (_, set) => tracks.filter((_, bit) => ((set + 1) >> bit) & 1));
}
