export {
  AccountError,
  type Accounts,
  type ApiKey,
  type AuditEntry,
  type Bearer,
  type BrowserHeaders,
  type Person,
  TooManyTries,
} from '@tutti/accounts';
export { type FilePlace, placeOf, type Relocation, USUAL_START_VOLUME } from '@tutti/exchange';
export { JOB_STATES, type JobFilter, type JobQueue, type JobState } from '@tutti/jobs';
export {
  type Database as UserLibrary,
  forgetOldAnswers,
  forgiveWords,
  listRoots,
  type PlaylistRule,
  parseSort,
  playlistNamed,
  type RepeatableRequest,
  rememberAnswer,
  rememberedAnswer,
  removePlaylist,
  SORT_NAMES,
  type SortKey,
  shownPlace,
  writtenSort,
} from '@tutti/library';
export type { SampleFormat } from '@tutti/media';
export { type BalancePlan, STEM_KINDS, type StemKind } from '@tutti/music/balancing';
export { type Filter, FilterError, parseFilter, pointedAt } from '@tutti/music/filter';
export {
  MASTER_STYLES,
  MASTER_TARGETS,
  type MasterPlan,
  type MasterPreset,
  masterTarget,
  presetOf,
  USUAL_STYLE,
  USUAL_TARGET,
} from '@tutti/music/mastering';
export { type JoinWish, type MixEdit, type MixPlan, TECHNIQUES, type Technique } from '@tutti/music/mixing';
export { type CurvePoint, ENERGY_SHAPES, type EnergyShape } from '@tutti/music/set-planning';
export { publicOrigin, userAccounts, withAccounts } from './accounts/user-accounts.ts';
export { type AnalyseFilesOptions, type AnalysisResult, analyseFiles } from './analyse/analyse-files.ts';
export { analyseTrackWithEvidence, type TrackWithEvidence } from './analyse/analyse-track.ts';
export { analysisLines } from './analyse/analysis-lines.ts';
export { type PlotFilesOptions, type PlottedFile, plotFiles } from './analyse/plot-files.ts';
export { analysisPanels, drawPanel } from './analysis-picture/analysis-picture.ts';
export type { Panel } from './analysis-picture/panel.ts';
export type { KnownTruth } from './analysis-picture/picture-data.ts';
export { ANALYSIS_PICTURE_STYLE } from './analysis-picture/picture-style.ts';
export {
  type ArtworkRequest,
  fileArtwork,
  type PictureBytes,
  pictureById,
  picturesById,
  type WrittenArtwork,
  writeArtwork,
} from './artwork/file-artwork.ts';
export { ARTWORK_SIZES, type ArtworkSize, artworkFolder } from './artwork/kept-pictures.ts';
export {
  type BalanceOptions,
  type BalancePlanning,
  type BalanceRequest,
  type OnBalanceProgress,
  planBalance,
  renderBalanceFile,
  type WrittenBalance,
} from './balance/balance-stems.ts';
export { readBalancePlan } from './balance/read-balance-plan.ts';
export { type CollectedFiles, collectFiles } from './collect-files.ts';
export {
  applyConfiguration,
  type Configuration,
  ConfigurationError,
  readConfiguration,
} from './configuration/read-configuration.ts';
export { type ComposedSong, composeDemo, DEMO_SEED } from './demo/compose-demo.ts';
export { examine, type Finding } from './doctor/doctor.ts';
export { findDuplicateFiles } from './duplicates/find-duplicate-files.ts';
export { recordingFile } from './duplicates/recording-file.ts';
export { type ExportedFile, exportLibrary, type LibraryExportOptions } from './export-library/export-library.ts';
export { LIBRARY_FORMATS, type LibraryFormat } from './export-library/library-formats.ts';
export { EXPORT_FORMATS, type ExportFormat, needsAnalyses } from './export-set/export-formats.ts';
export { type ExportOptions, type PreparedFile, prepareExport } from './export-set/prepare-export.ts';
export { readAnalyses } from './export-set/read-analyses.ts';
export { checkExport, writeExport } from './export-set/write-export.ts';
export { failureOf, WorkflowError } from './failure.ts';
export { type ImportOptions, importCollection } from './import/import-collection.ts';
export { askForJob } from './jobs/ask-for-job.ts';
export { jobDocument } from './jobs/job-document.ts';
export type { EndedJob, EndedStage, JobObserver } from './jobs/job-observer.ts';
export { JOB_TYPES } from './jobs/job-types.ts';
export { requireInLibrary } from './jobs/require-in-library.ts';
export { cleanUserResults, type UserJobs, type WorkOnJobsOptions, withJobs, workOnJobs } from './jobs/user-jobs.ts';
export {
  addLibraryRoot,
  removeLibraryRoot,
  removeLibraryRootById,
} from './library/library-roots.ts';
export { backUpLibrary, restoreFromBackup, withLibrary } from './library/user-library.ts';
export { findTrack } from './lists/find-track.ts';
export { libraryAnalyses } from './lists/library-analyses.ts';
export { libraryChange } from './lists/library-change.ts';
export { libraryFacets, libraryPage, listLibrary } from './lists/list-library.ts';
export { analysisById, marksById, trackById } from './lists/one-track.ts';
export { checkMasterOutput, requireNoSource } from './master/check-master-output.ts';
export type { MasteredFile, MasterTask, OnMasterProgress, WrittenMaster } from './master/master-file.ts';
export { type MasterFilesOptions, masterFiles } from './master/master-files.ts';
export type { MasterRequest } from './master/master-request.ts';
export { measureReference } from './master/measure-reference.ts';
export { outputNames } from './master/output-names.ts';
export { type PlanAlbumOfOptions, planAlbumOf } from './master/plan-album-of.ts';
export { previewPaths, type WrittenPreview } from './master/preview-master.ts';
export { readMasterPlan } from './master/read-master-plan.ts';
export { checkOutput } from './mix/check-output.ts';
export { mixableTrack } from './mix/mixable-track.ts';
export { type PlanMixOptions, planMixOf, planMixOfSet } from './mix/plan-mix-of.ts';
export { readMixOrSetPlan, readMixPlan } from './mix/read-mix-plan.ts';
export { type RenderedMix, type RenderMixOptions, renderMixToFile } from './mix/render-mix-to-file.ts';
export { writeMixPlan } from './mix/write-mix-plan.ts';
export { type EditNotes, MixEditor } from './mix-editor/mix-editor.ts';
export { planTable, wishWords } from './mix-editor/plan-table.ts';
export { findPlayer, PLAYER_NAMES, playSound, type SoundPlayer } from './mix-editor/sound-player.ts';
export { textPicture } from './mix-editor/text-picture.ts';
export { writePartOfMix } from './mix-editor/write-part-of-mix.ts';
export {
  addToList,
  clearList,
  type KeptList,
  keptPlaylist,
  moveInList,
  nextOfQueue,
  queueEntries,
  takeFromList,
  theQueue,
} from './playlists/kept-lists.ts';
export { noteTracksPlayed, playLines, rateTracksNamed } from './playlists/opinions.ts';
export { previewOf, readRuleFile } from './playlists/playlist-rules.ts';
export {
  changePlaylistRule,
  entriesOf,
  makeUserPlaylist,
  playlistLines,
  renameUserPlaylist,
} from './playlists/playlists.ts';
export {
  findPreset,
  type KeptPreset,
  listPresets,
  presetFolder,
  readPresetFile,
  savePreset,
} from './presets/preset-files.ts';
export { requireSameSound } from './same-sound.ts';
export { type ScanOptions, scanLibrary } from './scan/scan-library.ts';
export type { ScanProgress } from './scan/scan-options.ts';
export { type WatchOptions, type WatchTimes, watchLibrary } from './scan/watch-library.ts';
export { planSetOf } from './set/plan-set-of.ts';
export { type SetCandidate, setCandidate } from './set/set-candidate.ts';
export type { SetRequest } from './set/set-request.ts';
export { LibrarySounds } from './similar/library-sounds.ts';
export { pathBetween, type SimilarRequest, similarTracks } from './similar/similar-tracks.ts';
export { soundAs, soundById } from './streams/track-sound.ts';
export { escapeText } from './svg-text.ts';
export type { Upload } from './uploads/upload.ts';
export { MOST_UPLOAD_BYTES, UploadStore } from './uploads/upload-store.ts';
export { takeInUploads, uploadsFolder } from './uploads/uploads-root.ts';
export { userFolder } from './user-folder.ts';
export { EditJournal } from './write-tags/edit-journal.ts';
export { undoTags } from './write-tags/undo-tags.ts';
export { KEY_NOTATIONS, type KeyNotation, requireComment } from './write-tags/wanted-texts.ts';
export { writeTagsOfFiles } from './write-tags/write-tags-of-files.ts';
export { makeFolder } from './write-whole.ts';
