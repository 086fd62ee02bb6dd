export {
  ANALYSIS_PARTS,
  ANALYSIS_SCHEMA,
  type AnalysisFailure,
  type AnalysisLine,
  type AnalysisPart,
  analysisFailureSchema,
  analysisLineSchema,
} from './analysis.ts';
export { ERROR_KINDS, type ErrorKind, errorKindSchema, type Failure, failureSchema } from './error-kind.ts';
