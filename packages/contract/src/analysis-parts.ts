// Without the schemas: what only names parts does not wait for them to be built.

export const ANALYSIS_SCHEMA = 'tutti.analysis/1';

/** The parts of an analysis that `--only` can name. */
export const ANALYSIS_PARTS = [
  'tempo',
  'key',
  'loudness',
  'structure',
  'energy',
  'timbre',
  'embedding',
  'fingerprint',
] as const;
export type AnalysisPart = (typeof ANALYSIS_PARTS)[number];
