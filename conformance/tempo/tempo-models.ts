import {
  type BeatHypothesis,
  beatHypotheses,
  type ConfidenceModel,
  confidenceEvidence,
  confidenceIn,
  finestOf,
  TACTUS_EVIDENCE,
  type TactusEvidence,
} from '@tutti/music/analysis';
import type { Claim } from '../accuracy/metrics/calibration.ts';
import { FIELD_TOLERANCE, isTempoRight, METRICAL_LEVELS } from '../accuracy/metrics/tempo-metrics.ts';
import { fitChoices } from './choice-model.ts';
import type { Piece } from './pieces.ts';

/** Ridge on the weights of standardised evidence. */
const RIDGE = 1;

/** Weights for which the candidates that are right are most probable. */
export function fitTactus(pieces: readonly Piece[]): TactusEvidence {
  const sets = pieces
    .filter(({ right }) => right.includes(true))
    .map(({ candidates, right, weight }) => ({
      options: candidates.map(({ evidence }) => TACTUS_EVIDENCE.map((name) => evidence[name])),
      right,
      weight,
    }));
  const weights = fitChoices(
    sets,
    TACTUS_EVIDENCE.map(() => RIDGE),
  );
  const model: Record<keyof TactusEvidence, number> = { ...pieces[0]!.candidates[0]!.evidence };
  TACTUS_EVIDENCE.forEach((name, i) => {
    model[name] = weights[i]!;
  });
  return model;
}

/** What a model answers to a piece. */
export interface Answer {
  readonly piece: Piece;
  readonly hypotheses: readonly BeatHypothesis[];
  readonly best: BeatHypothesis;
  /** Whether the tempo is right, and whether it is but for the metrical level. */
  readonly right: boolean;
  readonly rightButLevel: boolean;
}

export function answerTo(piece: Piece, tactus: TactusEvidence): Answer {
  const hypotheses = beatHypotheses(piece.candidates, tactus);
  const best = finestOf(hypotheses);
  return {
    piece,
    hypotheses,
    best,
    right: isTempoRight(best.bpm, piece.bpms, FIELD_TOLERANCE),
    rightButLevel: isTempoRight(best.bpm, piece.bpms, FIELD_TOLERANCE, METRICAL_LEVELS),
  };
}

/** Logistic regression of being right; the bias is free. */
export function fitConfidence(answers: readonly Answer[]): ConfidenceModel {
  const sets = answers.map(({ piece, hypotheses, best, right }) => {
    const { odds, unevenness } = confidenceEvidence(hypotheses, best);
    const { weight } = piece;
    const options = [
      [1, odds, unevenness],
      [0, 0, 0],
    ];
    return { options, right: [right, !right], weight };
  });
  const [bias, odds, unevenness] = fitChoices(sets, [0, RIDGE, RIDGE]);
  return { bias: bias!, odds: odds!, unevenness: unevenness! };
}

export function claimOf({ hypotheses, best, right }: Answer, model: ConfidenceModel): Claim {
  return { confidence: confidenceIn(confidenceEvidence(hypotheses, best), model), right };
}

export function sourcesOf(pieces: readonly Piece[]): string[] {
  return [...new Set(pieces.map(({ source }) => source))];
}

/** How the beat is chosen: from what some pieces teach. */
export type TactusFitter = (pieces: readonly Piece[]) => TactusEvidence;

/** Answers to all pieces, each by a model that was fitted without the piece's source. */
export function leftOutAnswers(pieces: readonly Piece[], fit: TactusFitter): Answer[] {
  return sourcesOf(pieces).flatMap((source) => {
    const model = fit(pieces.filter((piece) => piece.source !== source));
    return pieces.filter((piece) => piece.source === source).map((piece) => answerTo(piece, model));
  });
}

/** An answer, and what is claimed about it. */
export interface Judged {
  readonly answer: Answer;
  readonly claim: Claim;
}

/** Answers to all pieces and claims about them, by models that have not seen the piece's source at any stage. */
export function leftOutClaims(pieces: readonly Piece[], fit: TactusFitter): Judged[] {
  return sourcesOf(pieces).flatMap((source) => {
    const others = pieces.filter((piece) => piece.source !== source);
    const tactus = fit(others);
    const confidence = fitConfidence(leftOutAnswers(others, fit));
    return pieces
      .filter((piece) => piece.source === source)
      .map((piece) => {
        const answer = answerTo(piece, tactus);
        return { answer, claim: claimOf(answer, confidence) };
      });
  });
}
