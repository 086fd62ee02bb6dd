export {
  type AnalysisFailure,
  type AnalysisLine,
  analysisFailureSchema,
  analysisLineSchema,
} from './analysis.ts';
export { ANALYSIS_PARTS, ANALYSIS_SCHEMA, type AnalysisPart } from './analysis-parts.ts';
export {
  configurationFileSchema,
  type EffectiveSetting,
  effectiveSettingSchema,
  SETTINGS,
  type Setting,
  type SettingName,
} from './configuration.ts';
export { DUPLICATES_SCHEMA, type Duplicates, duplicatesSchema } from './duplicates.ts';
export { ERROR_KINDS, type ErrorKind } from './error-kinds.ts';
export { errorKindSchema, type Failure, failureSchema } from './failure.ts';
export {
  IMPORT_SCHEMA,
  type ImportFailure,
  type ImportReport,
  importFailureSchema,
  importReportSchema,
} from './import.ts';
export {
  type CleanedResults,
  cleanedResultsSchema,
  JOB_SCHEMA,
  JOB_SHAPES,
  type JobDocument,
  type JobInput,
  type JobProgress,
  type JobResult,
  type JobTypeName,
  jobOfTypeSchema,
  jobSchema,
  type StoredFile,
  setRequestSchema,
  storedFileSchema,
} from './jobs.ts';
export {
  FACETS_SCHEMA,
  type FacetsLine,
  facetsSchema,
  type ListedTrackLine,
  listedTrackSchema,
  TRACK_SCHEMA,
} from './listed-track.ts';
export {
  PLAY_SCHEMA,
  PLAYLIST_ENTRY_SCHEMA,
  PLAYLIST_PREVIEW_SCHEMA,
  PLAYLIST_SCHEMA,
  type PlayLine,
  type PlaylistEntryLine,
  type PlaylistLine,
  type PlaylistPreview,
  playlistEntrySchema,
  playlistPreviewSchema,
  playlistSchema,
  playSchema,
} from './playlist.ts';
export { SCAN_SCHEMA, type ScanReport, scanReportSchema } from './scan.ts';
export {
  SET_PLAN_SCHEMA,
  type SetPlanDocument,
  type SetPlanFailure,
  setPlanFailureSchema,
  setPlanSchema,
} from './set-plan.ts';
export {
  SIMILAR_SCHEMA,
  type SimilarFailure,
  type SimilarTrack,
  similarFailureSchema,
  similarTrackSchema,
} from './similar.ts';
export {
  TAG_EDIT_SCHEMA,
  TAG_FIELDS,
  type TagEdit,
  type TagField,
  type TagUndo,
  tagEditSchema,
  tagFailureSchema,
  tagUndoSchema,
} from './tag-edit.ts';
