import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrackAnalysis } from '../../analysis/track-analysis.ts';
import { type ClickTrackOptions, clickTrack } from '../../testing/click-track.ts';
import { ALL_KEYS } from '../../theory/key.ts';
import { gainAt } from '../automation.ts';
import type { MixableTrack } from '../mix-track.ts';
import { parseMixPlan } from '../parse-mix-plan.ts';
import { type MixOptions, planMix } from '../plan-mix.ts';
import type { MixPlan } from '../plan-schema.ts';
import { mixSecondsAt, sourceSecondsAt } from '../time-map.ts';
import type { JoinOption } from './join-option.ts';
import type { Technique } from './technique.ts';
import { chooseForVariety } from './variety.ts';

/** What a test says of a song beside its beats; functions of seconds. */
interface Known extends Partial<ClickTrackOptions> {
  readonly bpm: number;
  readonly lowShare?: (time: number) => number;
  readonly sings?: (time: number) => number;
  readonly sections?: TrackAnalysis['structure']['sections'];
}

function song({ lowShare, sings, sections, ...options }: Known): MixableTrack {
  const { seconds = 180 } = options;
  const halves = Array.from({ length: 2 * seconds }, (_, i) => i / 2 + 0.25);
  const facts = { ...(lowShare && { halfSecondLufs: halves.map(() => -14) }), ...options.facts };
  const { track } = clickTrack({ ...options, seconds, facts });
  const { loudness, structure } = track.analysis;
  const curve = loudness.curve && lowShare && { ...loudness.curve, lowShares: halves.map(lowShare) };
  const values = Array.from({ length: seconds }, (_, i) => sings?.(i + 0.5) ?? 0);
  return {
    ...track,
    analysis: {
      ...track.analysis,
      loudness: { ...loudness, ...(curve && { curve }) },
      structure: {
        ...structure,
        sections: sections ?? [],
        ...(sings && { vocals: { hopSeconds: 1, values, confidence: 0.8 } }),
      },
    },
  };
}

const plan = (tracks: readonly MixableTrack[], options: MixOptions = {}): MixPlan =>
  parseMixPlan(JSON.parse(JSON.stringify(planMix(tracks, options))));
const one = (...tracks: readonly MixableTrack[]) => plan(tracks).transitions[0]!;

describe('a handover', () => {
  // Bars of 2 s; the incoming track is too fast to be matched.
  const pair = [song({ bpm: 120 }), song({ bpm: 150 })];

  it.each([
    ['echo-out', ['echo'], 2, 3],
    ['reverb-tail', ['reverb'], 2, 4],
    ['loop-roll', ['roll', 'high-pass'], 4, 0],
    ['stop', ['platter'], 2, 0],
    ['cut', [], 0, 0],
  ] as const)('%s leaves on a downbeat at which the other begins', (technique, kinds, lead, tail) => {
    const { tracks, transitions } = plan(pair, { joins: [{ technique }] });
    const [out, incoming] = tracks;
    const left = out!.level.at(-1)!;
    expect(left.gain).toBe(0);
    expect(sourceSecondsAt(out!.timeMap, left.at) % 16).toBeCloseTo(0, 4);
    expect(sourceSecondsAt(incoming!.timeMap, left.at)).toBeCloseTo(0, 4);
    expect(gainAt(incoming!.level, left.at)).toBeGreaterThan(0.9);
    expect(out!.effects.map(({ kind }) => kind)).toEqual(kinds);
    for (const { start, end } of out!.effects) {
      expect(start).toBeCloseTo(left.at - lead, 3);
      expect(end).toBeCloseTo(left.at + tail, 3);
    }
    expect(out!.end).toBeCloseTo(left.at + tail, 3);
    expect(transitions[0]).toMatchObject({ kind: 'cut', technique, phrases: { out: true, incoming: true } });
    expect(transitions[0]!.start).toBeCloseTo(left.at - Math.max(lead, 0.03), 3);
    expect(transitions[0]!.end).toBeCloseTo(left.at + tail, 3);
  });

  it('with an effect may be longer', () => {
    const { tracks } = plan(pair, { joins: [{ technique: 'loop-roll', bars: 4 }] });
    const { start, end } = tracks[0]!.effects[0]!;
    expect(end - start).toBeCloseTo(8, 3);
  });

  it('rolls only into a track that lifts the energy, and falls off a cliff only with a tail', () => {
    const energetic = (energy: number) => song({ bpm: 150, facts: { energy } });
    const scoreOf = (energy: number, technique: 'loop-roll' | 'stop' | 'echo-out') =>
      plan([song({ bpm: 120 }), energetic(energy)], { joins: [{ technique }] }).transitions[0]!.score;
    expect(scoreOf(7, 'loop-roll')).toBeGreaterThan(scoreOf(5, 'loop-roll'));
    expect(scoreOf(1, 'stop')).toBeLessThan(scoreOf(5, 'stop'));
    expect(scoreOf(1, 'echo-out')).toBe(scoreOf(5, 'echo-out'));
  });

  it('sinks a track with a beat into a reverb before one without', () => {
    const rain = song({ bpm: 99 });
    const still = { ...rain, analysis: { ...rain.analysis, tempo: { ...rain.analysis.tempo, bpm: null, beats: [] } } };
    expect(one(song({ bpm: 120 }), still)).toMatchObject({ technique: 'reverb-tail', kind: 'fade', bars: null });
    expect(one(still, still).technique).toBe('fade');
  });
});

describe('an overlap', () => {
  it('sweeps one full track away under another, its bass before the swap', () => {
    const full = (bpm: number) => song({ bpm, lowShare: () => 0.3 });
    const { tracks, transitions } = plan([full(120), full(122)], { joins: [{ technique: 'filter-sweep' }] });
    const { start, end, bassSwap } = transitions[0]!;
    const [sweep] = tracks[0]!.effects;
    expect(sweep).toMatchObject({ kind: 'high-pass' });
    expect([sweep!.start, sweep!.end]).toEqual([expect.closeTo(start, 4), expect.closeTo(end, 4)]);
    const cutoff = sweep!.kind === 'high-pass' && typeof sweep!.cutoffHz !== 'number' ? sweep!.cutoffHz : [];
    expect(cutoff.find(({ at }) => Math.abs(at - bassSwap!) < 0.001)!.value).toBeGreaterThan(200);
    expect(tracks[0]!.low).toEqual([]);
    expect(gainAt(tracks[1]!.low, bassSwap! - 1)).toBe(0);
  });

  it('would rather blend than swap where only one has a bass, and never has two at full', () => {
    const withBass = song({ bpm: 120, lowShare: () => 0.3, facts: { outroStart: 144 } });
    // An intro without bass, quieter than the song.
    const thin = song({
      bpm: 121,
      lowShare: (time) => (time < 32 ? 0.01 : 0.3),
      facts: { introEnd: 32, halfSecondLufs: Array.from({ length: 360 }, (_, i) => (i < 64 ? -21 : -14)) },
    });
    const score = (technique: Technique, incoming: MixableTrack) =>
      plan([withBass, incoming], { joins: [{ technique, bars: 16 }] }).transitions[0]!.score;
    expect(score('blend', thin)).toBeGreaterThan(score('bass-swap', thin));
    const full = song({ bpm: 121, lowShare: () => 0.3 });
    expect(score('bass-swap', full)).toBeGreaterThan(score('blend', full));
    for (const [technique, bars] of [
      ['blend', 16],
      ['blend', 2],
      ['bass-swap', 16],
    ] as const) {
      const { tracks, transitions } = plan([withBass, full], { joins: [{ technique, bars }] });
      expect(gainAt(tracks[0]!.low, transitions[0]!.end)).toBe(0);
      expect(gainAt(tracks[1]!.low, transitions[0]!.start)).toBe(0);
      const { start, end } = transitions[0]!;
      for (let at = start; at < end; at += 0.1) {
        const power = tracks.reduce((sum, { level, low }) => sum + (gainAt(level, at) * gainAt(low, at)) ** 2, 0);
        expect(power).toBeLessThan(1.3);
      }
    }
  });

  it('plays both in full over a break of the one in a fitting key, and not in a clashing one', () => {
    const breakdown = (tonic: 'A' | 'C') =>
      song({ bpm: 120, lowShare: (time) => (time < 144 ? 0.3 : 0.01), facts: { key: [tonic, 'minor'] } });
    const full = song({ bpm: 120, lowShare: () => 0.3 });
    expect(one(breakdown('A'), full)).toMatchObject({ technique: 'mashup', bassSwap: null });
    expect(one(breakdown('C'), full).technique).not.toBe('mashup');
    const { tracks, transitions } = plan([breakdown('A'), full]);
    const middle = (transitions[0]!.start + transitions[0]!.end) / 2;
    const [out, incoming] = tracks.map(({ level }) => gainAt(level, middle));
    expect(out! / incoming!).toBeCloseTo(1, 1);
  });

  it('lays two bars of two over one of four', () => {
    const { tracks, transitions } = plan([song({ bpm: 120, meter: 2 }), song({ bpm: 122 })]);
    expect(transitions[0]).toMatchObject({ kind: 'beat-matched', bars: 16 });
    expect(transitions[0]!.end - transitions[0]!.start).toBeCloseTo(32, 3);
    const downbeat = mixSecondsAt(tracks[1]!.timeMap, (4 * 60) / 122) - transitions[0]!.start;
    expect(downbeat).toBeCloseTo(Math.round(downbeat), 3);
    expect(one(song({ bpm: 60, meter: 2 }), song({ bpm: 120 })).kind).toBe('beat-matched');
    expect(one(song({ bpm: 120, meter: 3 }), song({ bpm: 120 })).kind).toBe('cut');
  });
});

describe('voices', () => {
  const phraseWise = (from: number, to: number) => (time: number) => (time >= from && time < to ? 1 : 0);

  it('are kept apart where the tracks allow it', () => {
    const { tracks, transitions } = plan([
      song({ bpm: 120, sings: phraseWise(20, 156) }),
      song({ bpm: 121, sings: phraseWise(24, 160) }),
    ]);
    const { start, end } = transitions[0]!;
    const sungTogether = Array.from({ length: 200 }, (_, i) => start + ((end - start) * i) / 200).filter((at) => {
      const [out, incoming] = tracks.map(({ timeMap }) => sourceSecondsAt(timeMap, at));
      return out! > 20 && out! < 156 && incoming! > 24 && incoming! < 160;
    });
    expect(sungTogether).toEqual([]);
  });

  it('that never pause are handed over in few bars', () => {
    const always = (bpm: number) => song({ bpm, sings: () => 1 });
    const sung = one(always(120), always(121));
    const instrumental = one(song({ bpm: 120 }), song({ bpm: 121 }));
    expect(instrumental.kind).toBe('beat-matched');
    expect(sung.kind === 'cut' || sung.bars! <= 4).toBe(true);
  });
});

describe('a shift of the key', () => {
  const inKey = (tonic: 'A' | 'Ab' | 'D', keyConfidence = 0.9) =>
    song({ bpm: 120, facts: { key: [tonic, 'minor'], keyConfidence } });

  it('makes a pair harmonic that a semitone keeps apart', () => {
    const { tracks, transitions } = plan([inKey('A'), inKey('Ab')], { joins: [{ technique: 'bass-swap' }] });
    expect(tracks.map(({ keyShift }) => keyShift)).toEqual([0, 1]);
    expect(transitions[0]!.reason).toMatch(/a semitone up to fit the key/);
  });

  it('is not made for keys that fit or are unsure, nor for a track that has to be stretched far the other way', () => {
    const shifts = (...tracks: MixableTrack[]) =>
      plan(tracks, { joins: [{ technique: 'bass-swap' }] }).tracks.map(({ keyShift }) => keyShift);
    expect(shifts(inKey('A'), inKey('D'))).toEqual([0, 0]);
    expect(shifts(inKey('A'), inKey('Ab', 0.3))).toEqual([0, 0]);
    const slow = song({ bpm: 111.5, facts: { key: ['Ab', 'minor'] } });
    const fast = song({ bpm: 129, facts: { key: ['Ab', 'minor'] } });
    expect(shifts(inKey('A'), slow)).toEqual([0, 1]);
    expect(shifts(inKey('A'), fast)).toEqual([0, 1]);
    const down = song({ bpm: 120, facts: { key: ['Ab', 'minor'] } });
    // An Ab minor that was raised to A minor joins an A minor as it is.
    expect(shifts(inKey('A'), down, inKey('A'))).toEqual([0, 1, 0]);
  });
});

describe('a roll', () => {
  it('is not chosen where it would repeat a rest', () => {
    // Sound throughout, or half a second of it on each downbeat and rests between.
    const loudness = (isHeard: (step: number) => boolean) => {
      const made = song({ bpm: 120, lowShare: () => 0.3 });
      const curve = made.analysis.loudness.curve!;
      const lufs = Array.from({ length: 1800 }, (_, step) => (isHeard(step) ? -14 : -60));
      const known = { ...made.analysis.loudness, curve: { ...curve, step: { seconds: 0.1, lufs } } };
      return { ...made, analysis: { ...made.analysis, loudness: known } };
    };
    const next = song({ bpm: 150 });
    const scoreOfRoll = (track: MixableTrack) => plan([track, next], { joins: [{ technique: 'loop-roll' }] });
    const even = scoreOfRoll(loudness(() => true)).transitions[0]!;
    const rests = scoreOfRoll(loudness((step) => step % 20 < 5)).transitions[0]!;
    expect(even.reason).not.toMatch(/a soft loop/);
    expect(rests.reason).toMatch(/a soft loop/);
    expect(rests.score).toBeLessThan(0.6 * even.score);
  });
});

describe('variety', () => {
  it('does not do the same again and again where others are nearly as good', () => {
    const tracks = Array.from({ length: 20 }, (_, i) => song({ bpm: 120 + (i % 3), lowShare: () => 0.3 }));
    const { transitions } = plan(tracks);
    const runs = transitions.map(({ technique }, i) =>
      transitions.slice(0, i + 1).findLastIndex((other) => other.technique !== technique),
    );
    expect(Math.max(...runs.map((before, i) => i - before))).toBeLessThanOrEqual(4);
    expect(new Set(transitions.map(({ technique }) => technique)).size).toBeGreaterThan(1);
  });

  it('weighs what was used longer ago less, forgets it, and never takes what is noticeably worse', () => {
    const option = (technique: Technique, points: number): JoinOption => ({
      ...{ technique, bars: 8, costs: {}, points },
      joint: () => {
        throw new Error('not asked for');
      },
    });
    const choose = (better: number, before: readonly Technique[]) =>
      chooseForVariety([option('filter-sweep', 0.5), option('bass-swap', 0.5 + better)], before).technique;
    expect(choose(0.001, [])).toBe('filter-sweep');
    expect(choose(0.1, ['filter-sweep'])).toBe('bass-swap');
    expect(choose(0.1, ['filter-sweep', 'cut'])).toBe('filter-sweep');
    expect(choose(0.05, ['filter-sweep', 'cut', 'cut'])).toBe('bass-swap');
    expect(choose(0.001, ['filter-sweep', 'cut', 'cut', 'cut', 'cut'])).toBe('filter-sweep');
    // The other one was used since.
    expect(choose(0.001, ['filter-sweep', 'bass-swap'])).toBe('filter-sweep');
    const always: readonly Technique[] = ['filter-sweep', 'filter-sweep', 'filter-sweep', 'filter-sweep'];
    expect(choose(0.24, always)).toBe('bass-swap');
    expect(choose(0.26, always)).toBe('filter-sweep');
  });

  it('says why it is chosen', () => {
    const tracks = Array.from({ length: 6 }, (_, i) => song({ bpm: 120 + (i % 3), lowShare: () => 0.3 }));
    const reasons = plan(tracks).transitions.map(({ reason }) => reason);
    expect(reasons.join('\n')).toMatch(
      /for variety instead of [a-z-]+.*, which scores 0\.\d\d and was used in [1-4] of the last [1-4]/,
    );
  });
});

describe('every plan of any tracks', () => {
  const anyTrack = fc.record({
    bpm: fc.double({ min: 60, max: 190, noNaN: true }),
    seconds: fc.integer({ min: 20, max: 240 }),
    offset: fc.double({ min: 0, max: 3, noNaN: true }),
    meter: fc.constantFrom(4, 4, 4, 3, 2),
    phraseBars: fc.constantFrom(4, 8, 16),
    key: fc.constantFrom(null, ...ALL_KEYS),
    energy: fc.constantFrom(null, 1, 4, 8, 10),
    sung: fc.nat(3),
    bassFrom: fc.double({ min: 0, max: 1, noNaN: true }),
    intro: fc.constantFrom(null, 0.1, 0.2),
    outro: fc.constantFrom(null, 0.7, 0.9),
  });
  type Any = typeof anyTrack extends fc.Arbitrary<infer Value> ? Value : never;
  const build = ({ key, energy, sung, bassFrom, intro, outro, ...options }: Any) =>
    song({
      ...options,
      lowShare: (time) => (time < bassFrom * options.seconds ? 0.02 : 0.3),
      sings: (time) => (Math.floor(time / 15) % 3 < sung ? 0.9 : 0.1),
      facts: {
        key: key && [key.tonic, key.mode],
        energy,
        introEnd: intro && intro * options.seconds,
        outroStart: outro && outro * options.seconds,
      },
    });

  it('parses, is the same again, scores on one scale and chooses the best, or says why not', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(anyTrack, { minLength: 2, maxLength: 7 }), (all) => {
        const tracks = all.map(build);
        const mix = plan(tracks);
        expect(planMix(tracks)).toEqual(mix);
        mix.transitions.forEach(({ technique, start, end, score, alternatives, reason }, index) => {
          seen.add(technique);
          for (const each of [score, ...alternatives.map((other) => other.score)]) {
            expect(each).toBeGreaterThan(0);
            expect(each).toBeLessThanOrEqual(1);
          }
          const best = alternatives[0]?.score ?? 0;
          if (best > score) {
            expect(reason).toMatch(/for variety instead of/);
            // A quarter of a point at most.
            expect(score / best).toBeGreaterThan(2 ** -0.26);
          }
          expect(end).toBeGreaterThan(start);
          const before = mix.transitions[index - 1];
          if (before) expect(start).toBeGreaterThan(before.end);
        });
      }),
      { numRuns: 60 },
    );
    expect(seen.size).toBeGreaterThan(4);
  });
});
