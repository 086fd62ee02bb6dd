import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clickTrack } from '../../testing/click-track.ts';
import { MixingError } from '../mixing-error.ts';
import { parseMixPlan } from '../parse-mix-plan.ts';
import type { MixPlan } from '../plan-schema.ts';
import { TECHNIQUES } from '../transitions/technique.ts';
import { applyEdit, beginHistory, type EditHistory, redo, undo } from './edit-history.ts';
import { editRequest, type MixEdit } from './edit-request.ts';
import { freeRequest, type MixRequest, planRequest } from './mix-request.ts';
import { openPlan } from './open-plan.ts';

const pool = [118, 120, 122, 124, 150].map((bpm) => clickTrack({ bpm, seconds: 100, title: `${bpm}` }).track);
const [a, b, c, d, slow] = pool as [
  (typeof pool)[0],
  (typeof pool)[0],
  (typeof pool)[0],
  (typeof pool)[0],
  (typeof pool)[0],
];
const titles = ({ tracks }: MixRequest) => tracks.map(({ title }) => title);
const begin = (request: MixRequest) => beginHistory({ request, plan: planRequest(request) });
const written = (plan: MixPlan) => JSON.parse(JSON.stringify(plan)) as unknown;

describe('an edit of a request', () => {
  const request: MixRequest = {
    ...freeRequest([a, b, c, d], {}),
    joins: [{ bars: 4 }, undefined, { technique: 'cut' }],
  };

  it('moves, replaces, removes and adds tracks; what was asked of a join stays with its two tracks', () => {
    const after = (edit: MixEdit) => {
      const { request: made, dropped } = editRequest(request, edit);
      return [titles(made), made.joins, dropped];
    };
    expect(after({ kind: 'move', from: 0, to: 3 })).toEqual([
      ['120', '122', '124', '118'],
      [undefined, { technique: 'cut' }, undefined],
      [0],
    ]);
    expect(after({ kind: 'replace', index: 1, track: slow })).toEqual([
      ['118', '150', '122', '124'],
      [undefined, undefined, { technique: 'cut' }],
      [0],
    ]);
    expect(after({ kind: 'remove', index: 1 })).toEqual([
      ['118', '122', '124'],
      [undefined, { technique: 'cut' }],
      [0],
    ]);
    expect(after({ kind: 'add', index: 4, track: slow })).toEqual([
      ['118', '120', '122', '124', '150'],
      [{ bars: 4 }, undefined, { technique: 'cut' }, undefined],
      [],
    ]);
    expect(after({ kind: 'add', index: 3, track: slow })[2]).toEqual([2]);
  });

  it('asks for more of a join, and for nothing any more', () => {
    const asked = editRequest(request, { kind: 'wish', join: 0, wish: { technique: 'bass-swap' } }).request;
    expect(asked.joins[0]).toEqual({ bars: 4, technique: 'bass-swap' });
    expect(editRequest(asked, { kind: 'ask', join: 0, wish: undefined }).request.joins).toEqual([
      undefined,
      undefined,
      { technique: 'cut' },
    ]);
  });

  it.each<[string, MixEdit, RegExp]>([
    ['a move from nowhere', { kind: 'move', from: 4, to: 0 }, /no track 4; there are 4/],
    ['a move to nowhere', { kind: 'move', from: 0, to: -1 }, /no track -1/],
    ['a half track', { kind: 'remove', index: 1.5 }, /no track 1.5/],
    ['no number at all', { kind: 'replace', index: Number.NaN, track: a }, /no track NaN/],
    ['a place behind the end', { kind: 'add', index: 5, track: a }, /no place 5; there are 5/],
    ['a wish for no join', { kind: 'wish', join: 3, wish: {} }, /no join 3; there are 3/],
    ['no join to be freed', { kind: 'ask', join: -1, wish: {} }, /no join -1/],
  ])('%s is refused', (_, edit, message) => {
    expect(() => editRequest(request, edit)).toThrow(message);
    expect(() => editRequest(request, edit)).toThrow(MixingError);
  });

  it('leaves at least one track', () => {
    expect(() => editRequest(freeRequest([a], {}), { kind: 'remove', index: 0 })).toThrow(/last track/);
  });
});

describe('a history of edits', () => {
  it('refuses a wish that cannot be met with why, and is as it was', () => {
    const history = begin(freeRequest([a, slow], {}));
    expect(() => applyEdit(history, { kind: 'wish', join: 0, wish: { technique: 'bass-swap' } })).toThrow(/possible: /);
    expect(history).toEqual(begin(freeRequest([a, slow], {})));
  });

  it('has nothing to undo at its beginning and nothing to redo at its end', () => {
    const history = begin(freeRequest([a, b], {}));
    expect([undo(history), redo(history)]).toEqual([null, null]);
    expect(redo(undo(applyEdit(history, { kind: 'remove', index: 0 }).history)!)!.future).toEqual([]);
  });

  const index = fc.integer({ min: 0, max: 3 });
  const track = fc.constantFrom(...pool);
  const wish = fc.record(
    {
      technique: fc.constantFrom(...TECHNIQUES),
      bars: fc.integer({ min: -1, max: 40 }),
      outSeconds: fc.double({ min: 0, max: 110, noNaN: true }),
      inSeconds: fc.double({ min: 0, max: 40, noNaN: true }),
    },
    { requiredKeys: [] },
  );
  const edits: fc.Arbitrary<MixEdit> = fc.oneof(
    fc.record({ kind: fc.constant('move' as const), from: index, to: index }),
    fc.record({ kind: fc.constant('replace' as const), index, track }),
    fc.record({ kind: fc.constant('remove' as const), index }),
    fc.record({ kind: fc.constant('add' as const), index, track }),
    fc.record({ kind: fc.constant('wish' as const), join: index, wish }),
    fc.record({ kind: fc.constant('ask' as const), join: index, wish: fc.option(wish, { nil: undefined }) }),
  );

  it('leaves a plan that parses after any edits, and goes back and forth through exactly the states that were', () => {
    let done = 0;
    fc.assert(
      fc.property(fc.array(edits, { minLength: 1, maxLength: 8 }), (sequence) => {
        let history: EditHistory = begin(freeRequest([a, b, c], {}));
        const states = [structuredClone(history.present)];
        for (const edit of sequence) {
          const before = history;
          try {
            ({ history } = applyEdit(history, edit));
            done += 1;
          } catch (error) {
            expect(error).toBeInstanceOf(MixingError);
            expect(history).toBe(before);
            continue;
          }
          expect(parseMixPlan(written(history.present.plan))).toEqual(written(history.present.plan));
          expect(history.present.plan).toEqual(planRequest(history.present.request));
          expect(history.present.request.joins).toHaveLength(history.present.request.tracks.length - 1);
          states.push(structuredClone(history.present));
        }
        for (const state of states.toReversed().slice(1)) {
          history = undo(history)!;
          expect(history.present).toEqual(state);
        }
        expect(undo(history)).toBeNull();
        for (const state of states.slice(1)) {
          history = redo(history)!;
          expect(history.present).toEqual(state);
        }
      }),
      { numRuns: 40 },
    );
    expect(done).toBeGreaterThan(10);
  });
});

describe('openPlan', () => {
  const tracks = [a, b, c, d];
  const open = (plan: MixPlan) => openPlan(parseMixPlan(written(plan)), tracks);

  it('asks for nothing where a plan is as it would be made', () => {
    const request = freeRequest(tracks, {});
    const opened = open(planRequest(request));
    expect(opened.request.joins).toEqual([undefined, undefined, undefined]);
    expect(opened.lost).toEqual([]);
  });

  it.each<MixRequest['joins']>([
    [{ technique: 'cut' }, undefined, undefined],
    [undefined, { technique: 'fade', bars: 3 }, undefined],
    [{ bars: 2 }, undefined, { outSeconds: 71, inSeconds: 9 }],
    [{ technique: 'bass-swap', bars: 4, outSeconds: 60 }, { inSeconds: 12 }, { bars: 0 }],
  ])('finds what gives the same plan as %j, %j and %j', (...joins) => {
    const plan = planRequest({ ...freeRequest(tracks, {}), joins });
    const { request, lost } = open(plan);
    expect(lost).toEqual([]);
    expect(planRequest(request).tracks).toEqual(plan.tracks);
    joins.forEach((wish, index) => {
      if (wish === undefined) expect(request.joins[index]).toBeUndefined();
      else expect(request.joins[index]).toBeDefined();
    });
  });

  it('keeps the options of a plan', () => {
    const options = { tempo: 121, sampleRate: 48_000, ceilingDb: -3, targetLufs: -20 } as const;
    const { request, lost } = open(planRequest(freeRequest(tracks, options)));
    expect(request.options).toEqual(options);
    expect(lost).toEqual([]);
  });

  it('says what somebody wrote by hand that no wish can say', () => {
    const plan = planRequest(freeRequest(tracks, {}));
    const edited: MixPlan = {
      ...plan,
      master: { ...plan.master, releaseSeconds: 0.5 },
      tracks: plan.tracks.with(1, { ...plan.tracks[1]!, gainDb: 3, mid: [{ at: 50, gain: 0.5 }] }),
    };
    expect(open(edited).lost).toEqual(['master.releaseSeconds', 'tracks[1].gainDb', 'tracks[1].mid']);
  });
});
