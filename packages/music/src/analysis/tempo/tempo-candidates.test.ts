import { describe, expect, it } from 'vitest';
import type { AccentCurves } from './accent-curves.ts';
import type { BeatHypothesis, TactusEvidence } from './tactus.ts';
import { tempoCandidates } from './tempo-candidates.ts';

const NO_EVIDENCE: TactusEvidence = {
  tempo: 0,
  tempoSquared: 0,
  density: 0,
  densitySquared: 0,
  bassContrast: 0,
  midContrast: 0,
  clutter: 0,
  steady: 0,
  repetition: 0,
  alternation: 0,
  triple: 0,
};

const SILENCE = new Float32Array(30_000);
const NO_ACCENTS: AccentCurves = {
  ...{ frameRate: 100, all: SILENCE, low: SILENCE, mid: SILENCE, high: SILENCE },
  compressed: [SILENCE, SILENCE, SILENCE],
};

/** Beats at a tempo at 100 frames a second, every other one late by some frames. */
function hypothesis(bpm: number, probability: number, late = 0): BeatHypothesis {
  const beats = Float64Array.from({ length: 40 }, (_, i) => (6000 / bpm) * i + (i % 2) * late);
  return { beats, bpm, probability, group: 1, row: { frames: beats, steady: null }, evidence: NO_EVIDENCE };
}

describe('tempoCandidates', () => {
  it('adds up what speaks for one tempo', () => {
    const hypotheses = [hypothesis(120, 0.4), hypothesis(60, 0.3), hypothesis(121, 0.2), hypothesis(180, 0.1)];
    const candidates = tempoCandidates(hypotheses, hypotheses[0]!, NO_ACCENTS, 120.2);
    expect(candidates.map(({ bpm }) => bpm)).toEqual([120.2, 60, 180]);
    expect(candidates[1]!.weight / candidates[2]!.weight).toBeCloseTo(3, 9);
    expect(candidates.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
  });

  it('is surer of what has fewer rivals, and of even beats', () => {
    const confidence = (share: number, late: number) => {
      const best = hypothesis(120, share, late);
      return tempoCandidates([best, hypothesis(60, 1 - share)], best, NO_ACCENTS, 120)[0]!.weight;
    };
    expect(confidence(0.9, 0)).toBeGreaterThan(confidence(0.5, 0));
    expect(confidence(0.9, 0)).toBeGreaterThan(confidence(0.9, 5));
    expect(confidence(1, 0)).toBeLessThan(1);
    expect(confidence(1, 0)).toBeGreaterThan(0.95);
  });

  it('finds the answer of a track whose median tempo is not the mean', () => {
    const best = hypothesis(105, 0.8);
    const [answer, ...others] = tempoCandidates([best, hypothesis(52, 0.2)], best, NO_ACCENTS, 120);
    expect(answer!.bpm).toBe(120);
    expect(answer!.weight).toBeGreaterThan(others[0]!.weight);
  });
});
