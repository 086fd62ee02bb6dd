import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeCrate } from '../../testing/crates.ts';
import type { CurvePoint } from '../drawn-curve.ts';
import { planSet } from '../plan-set.ts';
import { seededRandom, shuffledIndices } from '../seeded-random.ts';
import type { SetOrder, SetPlanOptions } from '../set-plan.ts';
import { type SetConstraint, SetPlanningError } from '../set-planning-error.ts';
import type { SetTrack } from '../set-track.ts';

/** Octaves from a tempo to a path, half and double tempo folded, worked out without the planner's own code. */
function octavesOff(bpm: number, path: number): number {
  return Math.min(...[0.5, 1, 2].map((factor) => Math.abs(Math.log2((bpm * factor) / path))));
}

/** Straight lines through two points. */
function onLine([from, to]: readonly [CurvePoint, CurvePoint], at: number): number {
  return from.value + (to.value - from.value) * at;
}

function expectConstraints(order: SetOrder, tracks: readonly SetTrack[], options: SetPlanOptions): void {
  const ids = order.tracks.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const { firstId, lastId, mustIds = [], notIds = [], orderIds = [], pairIds = [], tempoRange } = options;
  if (firstId !== undefined) expect(ids[0]).toBe(firstId);
  if (lastId !== undefined) expect(ids.at(-1)).toBe(lastId);
  expect(ids).toEqual(expect.arrayContaining([...mustIds, ...orderIds, ...pairIds.flat()]));
  for (const id of notIds) expect(ids).not.toContain(id);
  const places = orderIds.map((id) => ids.indexOf(id));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  for (const [from, to] of pairIds) expect(ids.indexOf(to)).toBe(ids.indexOf(from) + 1);
  if (tempoRange) {
    for (const id of ids) {
      const { bpm } = tracks.find((track) => track.id === id)!;
      expect(bpm).toBeGreaterThanOrEqual(tempoRange.lowest);
      expect(bpm).toBeLessThanOrEqual(tempoRange.highest);
    }
  }
}

describe('constraints', () => {
  it.each([
    ['choosing from 12', 12, 2400],
    ['choosing from 40', 40, 2700],
    ['ordering 12', 12, undefined],
    ['ordering 24', 24, undefined],
  ] as const)('always hold: %s tracks', (_, count, lengthSeconds) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 127 }), (seed, which) => {
        const tracks = makeCrate(count, seed);
        const names = shuffledIndices(count, seededRandom(seed)).map((index) => tracks[index]!.id);
        const asks = (bit: number) => (which >> bit) & 1;
        const [first, last, must, not, one, two, three, four] = names as [string, ...string[]];
        const longest = tracks.map(({ setSeconds }) => setSeconds).sort((a, b) => b - a);
        // Seven tracks may have to be in it, and those have to have room.
        const room = longest.slice(0, 7).reduce((sum, seconds) => sum + seconds, 0);
        const options: SetPlanOptions = {
          seed,
          ...(lengthSeconds && { lengthSeconds: Math.max(lengthSeconds, room) }),
          ...(asks(0) && { firstId: first }),
          ...(asks(1) && { lastId: last! }),
          ...(asks(2) && { mustIds: [must!, first] }),
          ...(asks(3) && { notIds: [not!] }),
          ...(asks(4) && { orderIds: [first, one!, must!, two!] }),
          ...(asks(5) && { pairIds: [[three!, four!] as const, [four!, one!] as const] }),
          ...(asks(6) && { candidates: 2 }),
        };
        const plan = planSet(tracks, options);
        for (const order of [plan, ...plan.alternatives]) expectConstraints(order, tracks, options);
      }),
      { numRuns: count > 14 ? 6 : 30 },
    );
  });

  it('keep tempi in their range, and say how many tracks are outside', () => {
    const tracks = makeCrate(200, 3);
    const tempoRange = { lowest: 120, highest: 130 };
    const options: SetPlanOptions = { seed: 1, lengthSeconds: 1800, tempoRange };
    const plan = planSet(tracks, options);
    expectConstraints(plan, tracks, options);
    const outside = tracks.filter(({ bpm }) => bpm === null || bpm < 120 || bpm > 130).length;
    expect(plan.warnings).toContain(`${outside} tracks are left out, outside 120 to 130 BPM`);
  });

  it('hold every track within 8 % of an explicit tempo path, half and double tempo folded', () => {
    const tracks = makeCrate(400, 5);
    const tempoPath = [
      { at: 0, value: 120 },
      { at: 1, value: 136 },
    ] as const;
    const plan = planSet(tracks, { seed: 1, lengthSeconds: 3600, tempoPath, candidates: 2 });
    for (const order of [plan, ...plan.alternatives]) {
      for (const { id, startSeconds } of order.tracks) {
        const { bpm, setSeconds } = tracks.find((track) => track.id === id)!;
        const path = onLine(tempoPath, Math.min(1, (startSeconds + setSeconds / 2) / 3600));
        expect(octavesOff(bpm!, path)).toBeLessThan(Math.log2(1.08) + 1e-3);
      }
    }
    // It is followed, not only kept to: the end is faster than the start.
    const tempi = plan.tracks.map(({ id }) => tracks.find((track) => track.id === id)!.bpm!);
    const folded = tempi.map((bpm) => (bpm < 100 ? 2 * bpm : bpm));
    expect(folded.at(-1)! / folded[0]!).toBeGreaterThan(1.06);
    expect(plan.tracks[0]!.reason).toMatch(/BPM where the path has 12\d\.\d/);
  });

  const [a, b, c] = ['track-00000', 'track-00001', 'track-00002'] as const;
  it.each<[string, Partial<SetPlanOptions>, SetConstraint | undefined, RegExp]>([
    ['a fractional seed', { seed: 0.5 }, undefined, /seed is 0.5; it must be a whole number/],
    ['too many candidates', { candidates: 21 }, undefined, /candidates is 21; .* between 1 and 20/],
    ['a length of nothing', { lengthSeconds: 0 }, undefined, /lengthSeconds is 0; it must be above 0/],
    ['a shape there is none of', { energy: 'zigzag' as 'rise' }, undefined, /"zigzag"; it must be one of rise, fall/],
    ['a level of 11', { energy: [{ at: 0, value: 11 }] }, undefined, /energy asks for 11; it must be between 1 and 10/],
    [
      'a place beyond the end',
      { tempoPath: [{ at: 2, value: 120 }] },
      undefined,
      /a point at 2; places go from 0 to 1/,
    ],
    ['a curve without points', { energy: [] }, undefined, /energy has 0 points/],
    [
      'a range upside down',
      { tempoRange: { lowest: 130, highest: 120 } },
      undefined,
      /130 to 120 BPM; it must go upwards/,
    ],
    ['a first that is no track', { firstId: 'nobody' }, 'first', /first: "nobody" is none of the tracks/],
    ['a must that is no track', { mustIds: [a, 'nobody'] }, 'must', /must: "nobody" is none of the tracks/],
    ['a pair with no track', { pairIds: [[a, 'nobody']] }, 'pairs', /pairs: "nobody" is none of the tracks/],
    ['what is wanted and not wanted', { mustIds: [a], notIds: [a] }, 'must', /is wanted, and "not" keeps it out/],
    [
      'nothing left',
      { notIds: ['track-00000', 'track-00001', 'track-00002', 'track-00003'] },
      'not',
      /no track is left/,
    ],
    [
      'a first against the order given',
      { firstId: c, keepOrder: true },
      'first',
      /opens with "Track 0", not with "Track 2"/,
    ],
    [
      'a last against the order given',
      { lastId: a, keepOrder: true },
      'last',
      /ends with "Track 3", not with "Track 0"/,
    ],
    [
      'an order against the order given',
      { orderIds: [c, a], keepOrder: true },
      'order',
      /has "Track 0" before "Track 2"/,
    ],
    [
      'a pair against the order given',
      { pairIds: [[a, c]], keepOrder: true },
      'pairs',
      /"Track 2" does not follow "Track 0"/,
    ],
    [
      "a must beyond a given order's cut",
      { mustIds: ['track-00003'], keepOrder: true, lengthSeconds: 300 },
      'must',
      /there is no "Track 3"/,
    ],
    ['one track first and last of many', { firstId: a, lastId: a }, 'last', /no place for "Track \d"/],
    ['a first in the middle of a pair', { firstId: b, pairIds: [[a, b]] }, 'first', /"pairs" puts "Track 0" before it/],
    ['a last in the middle of a pair', { lastId: a, pairIds: [[a, b]] }, 'last', /"pairs" puts "Track 1" after it/],
    [
      'two that follow one',
      {
        pairIds: [
          [a, b],
          [a, c],
        ],
      },
      'pairs',
      /both "Track 1" and "Track 2" are to follow "Track 0"/,
    ],
    [
      'one that follows two',
      {
        pairIds: [
          [a, c],
          [b, c],
        ],
      },
      'pairs',
      /"Track 2" is to follow both/,
    ],
    [
      'a circle of pairs',
      {
        pairIds: [
          [a, b],
          [b, c],
          [c, a],
        ],
      },
      'pairs',
      /around a circle/,
    ],
    ['one that follows itself', { pairIds: [[a, a]] }, 'pairs', /cannot follow itself/],
    [
      'an order against a pair',
      { orderIds: [b, a], pairIds: [[a, b]] },
      'order',
      /"pairs" has them the other way round/,
    ],
    ['an order through a pair', { orderIds: [a, c, b], pairIds: [[a, b]] }, 'order', /leaves no place for "Track 2"/],
    ['an order before the first', { orderIds: [a, b], firstId: b }, 'order', /which is to open the set/],
    ['an order after the last', { orderIds: [a, b], lastId: a }, 'order', /which is to end the set/],
    ['an order with one twice', { orderIds: [a, a] }, 'order', /stands in the order twice/],
    [
      'more than the length takes',
      { mustIds: [a, b, c], lengthSeconds: 300 },
      'length',
      /the 3 tracks .* more than the 5.0 minutes/,
    ],
    [
      'a must outside the tempo range',
      { mustIds: [a], tempoRange: { lowest: 20, highest: 30 } },
      'tempo range',
      /"Track 0" is wanted by "must"/,
    ],
    ['a tempo range that nobody is in', { tempoRange: { lowest: 20, highest: 30 } }, 'tempo range', /no track is left/],
    [
      'a first that is never on the path',
      { firstId: a, tempoPath: [{ at: 0, value: 30 }] },
      'tempo path',
      /"Track 0" is wanted by "first", and with .* BPM it is nowhere within 8 %/,
    ],
  ])('that cannot be met are refused by name: %s', (_, options, constraint, message) => {
    const plan = () => planSet(makeCrate(4, 1), { seed: 1, ...options });
    expect(plan).toThrow(message);
    try {
      plan();
    } catch (error) {
      expect(error).toBeInstanceOf(SetPlanningError);
      expect(error).toMatchObject({ kind: 'invalid-option', constraint });
    }
  });

  it('that no order can meet are refused as well: a slow track where the path is fast', () => {
    const [slow, fast] = makeCrate(400, 5).filter(({ bpm }) => bpm !== null && bpm > 120 && bpm < 124);
    const tracks = [
      { ...slow!, bpm: 120 },
      { ...fast!, bpm: 160 },
    ];
    const tempoPath = [
      { at: 0, value: 120 },
      { at: 0.4, value: 120 },
      { at: 0.6, value: 160 },
    ];
    expect(planSet(tracks, { seed: 1, tempoPath }).tracks[0]!.id).toBe(slow!.id);
    expect(() => planSet(tracks, { seed: 1, tempoPath, lastId: slow!.id })).toThrow(
      /^tempo path: no set was found in which each track is within 8 % of the path: "Track \d+" with 1[26]0.0 BPM comes where 1\d\d.\d BPM are asked for$/,
    );
  });

  it('refuse no tracks, and the same id twice', () => {
    expect(() => planSet([], { seed: 1 })).toThrow(/a set of 0 tracks/);
    const [track] = makeCrate(1, 1);
    expect(() => planSet([track!, track!], { seed: 1 })).toThrow(/two tracks have the id "track-00000"/);
  });
});
