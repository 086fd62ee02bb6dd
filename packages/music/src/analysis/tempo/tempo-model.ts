import type { TactusEvidence } from './tactus.ts';

/** What speaks for an answer being right. */
export const CONFIDENCE_EVIDENCE = [
  /** Log-odds that its tempo has among the hypotheses. */
  'odds',
  /** Logarithm of how much its intervals vary: an even pulse was followed rightly, an uneven one often was not. */
  'unevenness',
  /** How clear the levels of the metre next to it are. */
  'below',
  'above',
] as const;
/** The evidence, or the weights of it. */
export type ConfidenceEvidence = Readonly<Record<(typeof CONFIDENCE_EVIDENCE)[number], number>>;

/** A logistic regression. */
export type ConfidenceModel = ConfidenceEvidence & { readonly bias: number };

/** The weights that decide about tempo; fitted by `conformance/tempo/fit.ts`. */
export interface TempoModel {
  readonly tactus: TactusEvidence;
  readonly confidence: ConfidenceModel;
}
