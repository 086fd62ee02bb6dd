import type { TactusEvidence } from './tactus.ts';

/** What speaks for an answer being right, or the weights of that. */
export interface ConfidenceEvidence {
  /** Log-odds that its tempo has among the hypotheses. */
  readonly odds: number;
  /** Logarithm of how much its intervals vary: an even pulse was followed rightly, an uneven one often was not. */
  readonly unevenness: number;
}

/** A logistic regression. */
export type ConfidenceModel = ConfidenceEvidence & { readonly bias: number };

/** The weights that decide about tempo; fitted by `conformance/tempo/fit.ts`. */
export interface TempoModel {
  readonly tactus: TactusEvidence;
  readonly confidence: ConfidenceModel;
}
