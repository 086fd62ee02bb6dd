import { describe, expect, it } from 'vitest';
import { analysisOf, type KnownFacts } from '../../testing/analysis-of.ts';
import { makeCrate } from '../../testing/crates.ts';
import { ALL_KEYS, camelotOf, type Mode, type PitchName } from '../../theory/key.ts';
import { tempoStep } from '../../theory/tempo-step.ts';
import { type SetTrack, setTrackOf } from '../set-track.ts';
import { keyChangePoints } from './key-points.ts';
import {
  artistPoints,
  endsPoints,
  energyPoints,
  keyPoints,
  leastPairPoints,
  loudnessPoints,
  pairCost,
  pairPoints,
  tempoGlidePoints,
  tempoPoints,
  timbrePoints,
  vocalPoints,
} from './pair-cost.ts';
import { foldedOctaves } from './tempo-points.ts';
import { type TrackTable, trackTable } from './track-table.ts';
import { UNKNOWN_POINTS } from './weights.data.ts';

const track = (facts: KnownFacts, changes: Partial<SetTrack> = {}): SetTrack => ({
  ...setTrackOf({ id: '', title: '', seconds: 200, analysis: analysisOf(facts) }),
  ...changes,
});
const inKey = (tonic: PitchName, mode: Mode, keyConfidence = 1, energy: number | null = null) =>
  track({ key: [tonic, mode], keyConfidence, energy });
const at = (bpm: number | null, meter = 4) => track(bpm === null ? {} : { bpm, meter });

type Term = (table: TrackTable, from: number, to: number) => number;
const between = (term: Term, from: SetTrack, to: SetTrack) => term(trackTable([from, to]), 0, 1);

describe('keyPoints', () => {
  const from = inKey('A', 'minor');
  const points = (to: SetTrack, other = from) => between(keyPoints, other, to);

  it('grow with the way around the wheel, and spare the relative and the parallel key', () => {
    const byStep = ['A', 'E', 'B', 'F#', 'C#', 'Ab', 'Eb'].map((tonic) => points(inKey(tonic as PitchName, 'minor')));
    expect(byStep).toEqual(byStep.toSorted((a, b) => a - b));
    expect(byStep[0]).toBe(0);
    expect(points(inKey('C', 'major'))).toBe(byStep[1]);
    expect(camelotOf({ tonic: 'A', mode: 'major' })).toBe('11B');
    expect(points(inKey('A', 'major'))).toBeLessThan(points(inKey('F#', 'minor')));
  });

  it('take a whole tone or a semitone up for a boost where the energy goes up, and only there', () => {
    const calm = inKey('A', 'minor', 1, 5);
    for (const tonic of ['B', 'Bb'] as const) {
      expect(points(inKey(tonic, 'minor', 1, 7), calm)).toBeLessThan(points(inKey(tonic, 'minor', 1, 5), calm));
      expect(points(inKey(tonic, 'minor', 1, 3), calm)).toBe(points(inKey(tonic, 'minor'), calm));
    }
    expect(points(inKey('B', 'minor', 1, 7), calm)).toBeLessThan(points(inKey('G', 'minor', 1, 7), calm));
    expect(points(inKey('Bb', 'minor', 1, 7), calm)).toBeLessThan(points(inKey('Ab', 'minor', 1, 7), calm));
  });

  it('are the same from minor to major as backwards', () => {
    const pair = (a: SetTrack, b: SetTrack) => [points(b, a), points(a, b)];
    const minor = inKey('A', 'minor');
    for (const tonic of ['C', 'G', 'F', 'A'] as const) {
      const [there, back] = pair(minor, inKey(tonic, 'major'));
      expect(there).toBe(back);
    }
    // 8A to 7B shares two notes of its tonic chord, 8A to 9B none.
    expect(points(inKey('F', 'major'))).toBeLessThan(points(inKey('G', 'major')));
  });

  it('count as far as both keys are sure, the rest as not known', () => {
    const unknown = points(track({}));
    expect(unknown).toBeGreaterThan(points(inKey('B', 'minor')));
    expect(unknown).toBeLessThan(points(inKey('Eb', 'minor')));
    expect(points(inKey('A', 'minor', 0.25))).toBeCloseTo(0.75 * unknown, 12);
    expect(points(from, inKey('A', 'minor', 0.25))).toBeCloseTo(0.75 * unknown, 12);
  });

  it('of two keys not known are about what two keys drawn at random cost', () => {
    let sum = 0;
    for (const a of ALL_KEYS) for (const b of ALL_KEYS) sum += keyChangePoints(a, b, false) / ALL_KEYS.length ** 2;
    expect(Math.abs(sum - UNKNOWN_POINTS.key)).toBeLessThan(0.03);
  });
});

describe('tempoPoints', () => {
  const points = (from: SetTrack, to: SetTrack) => between(tempoPoints, from, to);

  it('reach 1 at a stretch of 8 %, and grow slowly from there', () => {
    expect(points(at(120), at(120))).toBe(0);
    expect(points(at(100), at(108))).toBeCloseTo(1, 9);
    expect(points(at(108), at(100))).toBeCloseTo(1, 9);
    expect(points(at(100), at(116))).toBeLessThan(1.5);
    expect(points(at(100), at(141))).toBeLessThanOrEqual(2.2);
  });

  it('take half and double tempo as near, though not as the same', () => {
    expect(points(at(87), at(174))).toBeGreaterThan(0);
    expect(points(at(87), at(174))).toBeLessThan(points(at(87), at(92)));
    for (const [from, to] of [
      [60, 200],
      [140, 70.7],
      [87, 174],
      [124, 126],
    ] as const)
      expect(2 ** foldedOctaves(Math.log2(to / from))).toBeCloseTo(tempoStep(from, to).ratio, 9);
  });

  it('charge for another meter, and most for a pulse that stops', () => {
    expect(points(at(120), at(120, 3))).toBeGreaterThan(0.5);
    expect(points(at(120), at(null))).toBe(points(at(null), at(120)));
    expect(points(at(null), at(null))).toBeLessThan(points(at(120), at(null)));
  });

  it('let a glide within the just noticeable difference go free', () => {
    const glide = (bpm: number) => between(tempoGlidePoints, at(100), at(bpm));
    expect(glide(102)).toBeCloseTo(0, 9);
    expect(glide(104)).toBeGreaterThan(0.2);
    expect(glide(108)).toBeCloseTo(1, 9);
    expect(between(tempoGlidePoints, at(100), at(null))).toBe(0);
  });
});

describe('energy and loudness', () => {
  it('let one level of energy go free', () => {
    const level = (energy: number | null) => track({ energy });
    expect(between(energyPoints, level(5), level(6))).toBe(0);
    expect(between(energyPoints, level(5), level(2))).toBeCloseTo(0.5, 12);
    expect(between(energyPoints, level(5), level(null))).toBe(UNKNOWN_POINTS.energy);
  });

  it('count a difference of loudness up to 10 LU', () => {
    const loud = (lufs: number | null) => track({ lufs });
    expect(between(loudnessPoints, loud(-8), loud(-13))).toBeCloseTo(0.5, 12);
    expect(between(loudnessPoints, loud(-8), loud(-40))).toBe(1);
    expect(between(loudnessPoints, loud(-8), loud(null))).toBe(UNKNOWN_POINTS.loudness);
  });
});

describe('timbrePoints', () => {
  const sounding = (model: string, ...values: number[]) =>
    track({}, { embedding: { model, values: Float32Array.from(values) } });

  it('grow with the distance, half a point where two random songs are', () => {
    const points = (distance: number) => between(timbrePoints, sounding('m', 1, 2), sounding('m', 1, 2 + distance));
    expect(points(0)).toBe(0);
    expect(points(Math.sqrt(6))).toBeCloseTo(0.5, 6);
    expect(points(100)).toBeLessThan(1);
  });

  it('compare no vectors of different models, and none that is not there', () => {
    const table = trackTable([sounding('m', 1), sounding('m', 2), sounding('other', 1), track({})]);
    expect(timbrePoints(table, 0, 1)).not.toBe(UNKNOWN_POINTS.timbre);
    for (const to of [2, 3]) expect(timbrePoints(table, 0, to)).toBe(UNKNOWN_POINTS.timbre);
  });
});

describe('what lies at the ends', () => {
  const singing = (out: number, into: number, vocalConfidence = 1) =>
    track(
      {},
      {
        vocalConfidence,
        outro: { mixable: null, vocals: Array.from({ length: 8 }, () => out) },
        intro: { mixable: null, vocals: Array.from({ length: 8 }, () => into) },
      },
    );

  it('counts singing over singing only', () => {
    expect(between(vocalPoints, singing(1, 0), singing(0, 1))).toBe(1);
    expect(between(vocalPoints, singing(0, 1), singing(0, 1))).toBe(0);
    expect(between(vocalPoints, singing(1, 0, 0.5), singing(0, 1))).toBeCloseTo(0.5 + 0.5 * UNKNOWN_POINTS.vocals, 6);
    expect(between(vocalPoints, singing(1, 0), track({}))).toBe(UNKNOWN_POINTS.vocals);
  });

  it('lets the worse of outro and intro decide how well they blend', () => {
    const ends = (outro: number | null, intro: number | null) =>
      track(
        { bpm: 120 },
        { tempoConfidence: 1, outro: { mixable: outro, vocals: null }, intro: { mixable: intro, vocals: null } },
      );
    expect(between(endsPoints, ends(1, null), ends(null, 1))).toBe(0);
    expect(between(endsPoints, ends(0.25, null), ends(null, 1))).toBeCloseTo(0.75, 12);
    expect(between(endsPoints, ends(1, null), ends(null, 0.25))).toBeCloseTo(0.75, 12);
    expect(between(endsPoints, ends(null, null), ends(null, null))).toBe(UNKNOWN_POINTS.ends);
  });

  it('finds them in an analysis: bars, a fade-out, and who sings where', () => {
    const base = analysisOf({
      bpm: 120,
      introEnd: 32,
      outroStart: 168,
      lufs: -10,
      halfSecondLufs: Array.from({ length: 400 }, (_, i) => (i < 340 ? -10 : -30)),
    });
    const values = Array.from({ length: 200 }, (_, second) => (second < 100 ? 0 : 1));
    const analysis = { ...base, structure: { ...base.structure, vocals: { hopSeconds: 1, values, confidence: 0.8 } } };
    const { intro, outro, setSeconds } = setTrackOf({ id: 'a', title: 'a', seconds: 200, analysis });
    expect(intro.mixable).toBeCloseTo(1, 9);
    expect(outro.mixable).toBeLessThan(0.3);
    expect(intro.vocals).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    expect(outro.vocals).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
    expect(setSeconds).toBe(168);
  });

  it('charges for the same artist at once, however it is written, and not for those who are not named', () => {
    const by = (artist: string | null) => track({}, { artist });
    expect(between(artistPoints, by('Somebody'), by(' somebody'))).toBe(1);
    expect(between(artistPoints, by('Somebody'), by('Else'))).toBe(0);
    expect(between(artistPoints, by(null), by(null))).toBe(0);
  });
});

describe('pairCost', () => {
  it('is the sum of its parts, finite whatever is missing, and never less than what is quickly told', () => {
    const tracks = [...makeCrate(60, 5), track({}), track({ bpm: 141, energy: 9 })];
    const table = trackTable(tracks);
    for (let from = 0; from < tracks.length; from++) {
      for (let to = 0; to < tracks.length; to++) {
        const { total, ...parts } = pairCost(table, from, to);
        const sum = Object.values(parts).reduce((a, b) => a + b, 0);
        expect(total).toBeCloseTo(sum, 9);
        expect(Number.isFinite(total)).toBe(true);
        expect(Math.min(...Object.values(parts))).toBeGreaterThanOrEqual(0);
        expect(pairPoints(table, from, to)).toBeGreaterThanOrEqual(leastPairPoints(table, from, to));
      }
    }
  });
});
