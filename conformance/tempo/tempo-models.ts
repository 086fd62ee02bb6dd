import {
  type BeatHypothesis,
  beatHypotheses,
  beatsPerMinute,
  CONFIDENCE_EVIDENCE,
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
  const seconds = Array.from(best.beats, (frame) => frame / piece.accents.frameRate);
  const bpm = beatsPerMinute(seconds, best.row.steady !== null);
  return {
    piece,
    hypotheses,
    best,
    right: isTempoRight(bpm, piece.bpms, FIELD_TOLERANCE),
    rightButLevel: isTempoRight(bpm, piece.bpms, FIELD_TOLERANCE, METRICAL_LEVELS),
  };
}

/** Logistic regression of being right; the bias is free. */
export function fitConfidence(answers: readonly Answer[]): ConfidenceModel {
  const sets = answers.map(({ piece, hypotheses, best, right }) => {
    const evidence = confidenceEvidence(hypotheses, best, piece.accents);
    const answered = [1, ...CONFIDENCE_EVIDENCE.map((name) => evidence[name])];
    return { options: [answered, answered.map(() => 0)], right: [right, !right], weight: piece.weight };
  });
  const [bias, ...weights] = fitChoices(sets, [0, ...CONFIDENCE_EVIDENCE.map(() => RIDGE)]);
  const [odds, unevenness, below, above] = weights;
  return { bias: bias!, odds: odds!, unevenness: unevenness!, below: below!, above: above! };
}

export function claimOf({ piece, hypotheses, best, right }: Answer, model: ConfidenceModel): Claim {
  return { confidence: confidenceIn(confidenceEvidence(hypotheses, best, piece.accents), model), right };
}

export function sourcesOf(pieces: readonly Piece[]): string[] {
  return [...new Set(pieces.map(({ source }) => source))];
}

/** Answers to all pieces, each by a model that was fitted without the piece's source. */
export function leftOutAnswers(pieces: readonly Piece[]): Answer[] {
  return sourcesOf(pieces).flatMap((source) => {
    const model = fitTactus(pieces.filter((piece) => piece.source !== source));
    return pieces.filter((piece) => piece.source === source).map((piece) => answerTo(piece, model));
  });
}

/** An answer, and what is claimed about it. */
export interface Judged {
  readonly answer: Answer;
  readonly claim: Claim;
}

/** Answers to all pieces and claims about them, by models that have not seen the piece's source at any stage. */
export function leftOutClaims(pieces: readonly Piece[]): Judged[] {
  return sourcesOf(pieces).flatMap((source) => {
    const others = pieces.filter((piece) => piece.source !== source);
    const tactus = fitTactus(others);
    const confidence = fitConfidence(leftOutAnswers(others));
    return pieces
      .filter((piece) => piece.source === source)
      .map((piece) => {
        const answer = answerTo(piece, tactus);
        return { answer, claim: claimOf(answer, confidence) };
      });
  });
}
