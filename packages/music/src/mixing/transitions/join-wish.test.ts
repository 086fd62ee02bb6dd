import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClickTrack, type ClickTrackOptions, clickTrack } from '../../testing/click-track.ts';
import { MixingError } from '../mixing-error.ts';
import { parseMixPlan } from '../parse-mix-plan.ts';
import { planMix } from '../plan-mix.ts';
import { mixSecondsAt } from '../time-map.ts';
import { type JoinWish, MOST_BARS } from './join-wish.ts';
import { TECHNIQUES } from './technique.ts';

const song = (options: Partial<ClickTrackOptions> & { bpm: number }) => clickTrack({ seconds: 180, ...options });
const join = (clicks: readonly ClickTrack[], ...joins: (JoinWish | undefined)[]) =>
  parseMixPlan(
    JSON.parse(
      JSON.stringify(
        planMix(
          clicks.map(({ track }) => track),
          { joins },
        ),
      ),
    ),
  );

describe('a wish for a join', () => {
  const pair = [song({ bpm: 120 }), song({ bpm: 122 })];

  it.each([1, 2, 4, 8, 12, 24, 32])('gives %d bars', (bars) => {
    const { transitions } = join(pair, { bars, ...(bars < 4 && { technique: 'blend' }) });
    expect(transitions[0]).toMatchObject({ bars, kind: 'beat-matched' });
    expect(transitions[0]!.end - transitions[0]!.start).toBeCloseTo(2 * bars, 3);
    expect(transitions[0]!.reason).toMatch(/as asked for$/);
  });

  it('of no bars gives a cut, and a technique gives that', () => {
    expect(join(pair, { bars: 0 }).transitions[0]).toMatchObject({ technique: 'cut', bars: 0, kind: 'cut' });
    expect(join(pair, { technique: 'fade' }).transitions[0]).toMatchObject({ technique: 'fade', kind: 'fade' });
    expect(join(pair, { technique: 'fade', bars: 5 }).transitions[0]).toMatchObject({ technique: 'fade', bars: 5 });
  });

  it('of places begins there, to the nearest beat, and says so', () => {
    const { tracks, transitions } = join(pair, { outSeconds: 100.2, inSeconds: 24.6 });
    const { start, reason } = transitions[0]!;
    expect(start).toBeCloseTo(mixSecondsAt(tracks[0]!.timeMap, 100), 4);
    expect(tracks[1]!.cueIn).toBeCloseTo((50 * 60) / 122, 4);
    expect(reason).toMatch(/the outgoing track at 1:40.2 was moved to the nearest beat, 1:40.0/);
    expect(reason).toMatch(/the incoming track at 0:24.6 was moved/);
    const exact = join(pair, { outSeconds: 100 });
    expect(exact.transitions[0]!.start).toBeCloseTo(100, 4);
    expect(exact.transitions[0]!.reason).not.toMatch(/moved/);
  });

  it('of one place within a bar brings the other track in as far into its bar', () => {
    const { tracks } = join(pair, { outSeconds: 101 });
    const beat = 60 / 122;
    expect((tracks[1]!.cueIn / beat) % 4).toBeCloseTo(2, 3);
  });

  it('leaves the joins beside it as they were', () => {
    const three = [...pair, song({ bpm: 124 })];
    const asked = join(three, undefined, { technique: 'cut' }).transitions;
    expect(asked[0]).toEqual(join(three).transitions[0]);
    expect(asked[1]!.technique).toBe('cut');
  });

  it.each<[JoinWish, RegExp]>([
    [{ bars: 65 }, /joins\[0\].bars is 65; it must be a whole number between 0 and 64/],
    [{ bars: 1.5 }, /joins\[0\].bars is 1.5; it must be a whole number/],
    [{ outSeconds: 200 }, /joins\[0\].outSeconds is 200; it must be between 0 and the outgoing track's seconds, 180/],
    [{ inSeconds: -1 }, /joins\[0\].inSeconds is -1; it must be between 0 and the incoming track's seconds, 180/],
    [{ outSeconds: Number.NaN }, /joins\[0\].outSeconds is null; it must be between/],
    [{ technique: 'scratch' as 'cut' }, /joins\[0\].technique is "scratch"; it must be one of blend, bass-swap, /],
    [{ technique: 'cut', bars: 8 }, /cannot be joined like that; possible: .*bass-swap of 4, 8, 16, 32 bars; .*cut/],
    [{ outSeconds: 170, bars: 64 }, /cannot be joined like that; possible there: .*cut; .*fade/],
  ])('%o is refused with what is possible', (wish, message) => {
    expect(() => join(pair, wish)).toThrow(message);
    expect(() => join(pair, wish)).toThrow(MixingError);
  });

  it('at a moment at which the track is still coming in is refused with where it could be', () => {
    const three = [...pair, song({ bpm: 124 })];
    expect(() => join(three, undefined, { outSeconds: 3 })).toThrow(
      /joins\[1\].outSeconds is 3; of "122 BPM" it must be between \d+\.\d+ and 180.000/,
    );
  });

  it('for more joins than there are is refused', () => {
    expect(() => join(pair, {}, {})).toThrow(/joins has 2 entries; 2 tracks have 1 transitions/);
  });

  it('says why a beat-match cannot be', () => {
    const far = [song({ bpm: 120 }), song({ bpm: 150 })];
    expect(() => join(far, { technique: 'bass-swap' })).toThrow(
      /cannot be joined like that; possible: echo-out of 1 bars; .*cut; .*fade/,
    );
  });

  it('is met or refused, whatever it is, and then the plan is sound', () => {
    const wishes = fc.record(
      {
        technique: fc.constantFrom(...TECHNIQUES),
        bars: fc.integer({ min: 0, max: MOST_BARS }),
        outSeconds: fc.double({ min: 90, max: 180, noNaN: true }),
        inSeconds: fc.double({ min: 0, max: 60, noNaN: true }),
      },
      { requiredKeys: [] },
    );
    const tempi = fc.array(fc.constantFrom(60, 87, 118, 120, 125, 174), { minLength: 3, maxLength: 3 });
    let met = 0;
    fc.assert(
      fc.property(
        tempi,
        fc.array(fc.option(wishes, { nil: undefined }), { minLength: 2, maxLength: 2 }),
        (bpms, joins) => {
          try {
            const { tracks, transitions } = join(
              bpms.map((bpm) => song({ bpm })),
              ...joins,
            );
            met += 1;
            joins.forEach((wish, index) => {
              const { technique, bars } = wish ?? {};
              if (technique !== undefined) expect(transitions[index]!.technique).toBe(technique);
              if (bars !== undefined) expect(transitions[index]!.bars).toBe(bars);
            });
            expect(transitions[1]!.start).toBeGreaterThan(transitions[0]!.end);
            expect(tracks[2]!.end).toBeGreaterThan(transitions[1]!.end);
          } catch (error) {
            expect(error).toBeInstanceOf(MixingError);
          }
        },
      ),
      { numRuns: 150 },
    );
    expect(met).toBeGreaterThan(0);
  });
});

describe('what a transition tells', () => {
  it('has its technique, a score, phrases and other ways, best first', () => {
    for (const bpms of [
      [120, 122],
      [120, 150],
      [87, 174],
    ]) {
      const [transition] = join(bpms.map((bpm) => song({ bpm }))).transitions;
      const { technique, score, alternatives, bars } = transition!;
      expect(TECHNIQUES).toContain(technique);
      expect(alternatives.length).toBeGreaterThan(0);
      const scores = [score, ...alternatives.map((other) => other.score)];
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      for (const other of alternatives) expect([other.technique, other.bars]).not.toEqual([technique, bars]);
    }
    expect(join([song({ bpm: 120 }), song({ bpm: 122 })]).transitions[0]!.phrases).toEqual({
      out: true,
      incoming: true,
    });
  });

  it('knows no phrases where the analysis has none', () => {
    const plain = (bpm: number) => song({ bpm, facts: { phrases: [] } });
    expect(join([plain(120), plain(122)]).transitions[0]!.phrases).toEqual({ out: null, incoming: null });
  });
});
