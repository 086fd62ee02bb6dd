import { describe, expect, it } from 'vitest';
import { analysisOf, type KnownFacts } from '../testing/analysis-of.ts';
import { camelotOf, type Mode, type PitchName } from '../theory/key.ts';
import { energyPoints, keyPoints, loudnessPoints, pairCost, tempoPoints } from './cost.ts';
import { featuresOf } from './features.ts';

const track = (facts: KnownFacts) => featuresOf({ id: '', title: '', seconds: 200, analysis: analysisOf(facts) });
const inKey = (tonic: PitchName, mode: Mode, keyConfidence = 1) => track({ key: [tonic, mode], keyConfidence });
const at = (bpm: number | null, meter = 4) => track(bpm === null ? {} : { bpm, meter });

describe('keyPoints', () => {
  const from = inKey('A', 'minor');

  it('grow with the way around the wheel, and spare the relative and the parallel key', () => {
    const byStep = ['A', 'E', 'B', 'F#', 'C#', 'Ab', 'Eb'].map((tonic) =>
      keyPoints(from, inKey(tonic as PitchName, 'minor')),
    );
    expect(byStep).toEqual(byStep.toSorted((a, b) => a - b));
    expect(byStep[0]).toBe(0);
    expect(keyPoints(from, inKey('C', 'major'))).toBe(byStep[1]);
    expect(camelotOf({ tonic: 'A', mode: 'major' })).toBe('11B');
    expect(keyPoints(from, inKey('A', 'major'))).toBeLessThan(keyPoints(from, inKey('F#', 'minor')));
  });

  it('count as far as both keys are sure, the rest as not known', () => {
    const unknown = keyPoints(from, track({}));
    expect(unknown).toBeGreaterThan(keyPoints(from, inKey('B', 'minor')));
    expect(unknown).toBeLessThan(keyPoints(from, inKey('Eb', 'minor')));
    expect(keyPoints(from, inKey('A', 'minor', 0.25))).toBeCloseTo(0.75 * unknown, 12);
    expect(keyPoints(inKey('A', 'minor', 0.25), from)).toBeCloseTo(0.75 * unknown, 12);
  });
});

describe('tempoPoints', () => {
  it('reach 1 at a stretch of 8 %, and grow slowly from there', () => {
    expect(tempoPoints(at(120), at(120))).toBe(0);
    expect(tempoPoints(at(100), at(108))).toBeCloseTo(1, 9);
    expect(tempoPoints(at(108), at(100))).toBeCloseTo(1, 9);
    expect(tempoPoints(at(100), at(116))).toBeLessThan(1.5);
    expect(tempoPoints(at(100), at(141))).toBeLessThanOrEqual(2.2);
  });

  it('take half and double tempo as near, though not as the same', () => {
    expect(tempoPoints(at(87), at(174))).toBeGreaterThan(0);
    expect(tempoPoints(at(87), at(174))).toBeLessThan(tempoPoints(at(87), at(92)));
  });

  it('charge for another meter, and most for a pulse that stops', () => {
    expect(tempoPoints(at(120), at(120, 3))).toBeGreaterThan(0.5);
    expect(tempoPoints(at(120), at(null))).toBe(tempoPoints(at(null), at(120)));
    expect(tempoPoints(at(null), at(null))).toBeLessThan(tempoPoints(at(120), at(null)));
  });
});

describe('energy and loudness', () => {
  it('let one level of energy go free', () => {
    const level = (energy: number | null) => track({ energy });
    expect(energyPoints(level(5), level(6))).toBe(0);
    expect(energyPoints(level(5), level(2))).toBeCloseTo(0.5, 12);
    expect(energyPoints(level(5), level(null))).toBeGreaterThan(0);
  });

  it('count a difference of loudness up to 10 LU', () => {
    const loud = (lufs: number | null) => track({ lufs });
    expect(loudnessPoints(loud(-8), loud(-13))).toBeCloseTo(0.5, 12);
    expect(loudnessPoints(loud(-8), loud(-40))).toBe(1);
    expect(loudnessPoints(loud(-8), loud(null))).toBeCloseTo(0.3, 12);
  });
});

describe('pairCost', () => {
  it('is the sum of its parts, and finite whatever is missing', () => {
    for (const [from, to] of [
      [track({}), track({})],
      [track({ bpm: 90, key: ['C', 'major'], energy: 3, lufs: -10 }), track({ bpm: 141, energy: 9 })],
    ] as const) {
      const { key, tempo, energy, loudness, total } = pairCost(from, to);
      expect(total).toBeCloseTo(key + tempo + energy + loudness, 12);
      expect(Number.isFinite(total)).toBe(true);
    }
  });
});
