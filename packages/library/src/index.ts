export { type AnalysedFile, analysedFiles, analysesOfFiles, analysisOf } from './analyses/analysed-files.ts';
export { type StoredAnalysis, storeAnalyses } from './analyses/analyses.ts';
export { analysisAt, type HeardFile } from './analyses/analysis-at.ts';
export {
  forgetOldAnswers,
  type RepeatableRequest,
  rememberAnswer,
  rememberedAnswer,
} from './answers/remembered-answers.ts';
export {
  type ArtworkSource,
  artworkOf,
  type FileArtwork,
  type StoredPicture,
  storeArtwork,
} from './artwork/artwork.ts';
export {
  type FileBesidePictures,
  filesBesidePictures,
  setArtworkRead,
  setPictures,
  setPicturesRead,
} from './artwork/pictures-beside.ts';
export { type WrittenBackup, writeBackup } from './backup/write-backup.ts';
export type { Database, Queries } from './database/database.ts';
export { LibraryError } from './errors.ts';
export { type FilePlace, fileAt, fileById } from './files/file-at.ts';
export { type NamedFile, namedFiles } from './files/named-files.ts';
export {
  countPending,
  countUnanalysed,
  hashingMayHelp,
  type Pending,
  type PendingFile,
  pendingFiles,
  unanalysedFiles,
} from './files/pending-files.ts';
export { addFiles, changeFiles, knownFiles, setMissing, type WalkedFile } from './files/walked-files.ts';
export { changedTracks } from './lists/changed-tracks.ts';
export { type FacetCount, type Facets, facetsOf } from './lists/facets.ts';
export type { Asked } from './lists/filter-sql.ts';
export { type ForgivenFilter, type ForgivenWord, forgiveWords } from './lists/forgive-words.ts';
export { countTracks, type ListRequest, listTracks, type TrackPage } from './lists/list-tracks.ts';
export { type ListedTrack, listedTracks } from './lists/listed-track.ts';
export { type ListState, refreshLists } from './lists/refresh-lists.ts';
export { parseSort, SORT_NAMES, type SortKey, USUAL_SORT, writtenSort } from './lists/sorts.ts';
export { changedSoundPlaces, filesWithSoundPlace, meantFiles, type SoundPlace } from './lists/sound-places.ts';
export {
  type CollectionSource,
  storeImportedMarks,
  storeTaggedMarks,
  type TaggedCue,
  type TaggedMarks,
  taggedMarks,
  taggedMarksOf,
} from './marks/tagged-marks.ts';
export { type LibraryOptions, openLibrary, type RestoredLibrary, restoreLibrary } from './open-library.ts';
export {
  addEntries,
  clearEntries,
  moveEntry,
  type NewEntry,
  removeEntries,
  type StoredEntry,
} from './playlists/entries.ts';
export { listPlays, notePlay, type Play, rateTracks } from './playlists/opinions.ts';
export { checkedRule, type PlaylistRule } from './playlists/playlist-rule.ts';
export {
  keptEntries,
  type PlaylistEntry,
  playlistEntries,
  previewRule,
  requireKeptByHand,
} from './playlists/playlist-tracks.ts';
export {
  changeRule,
  LONGEST_PLAYLIST_NAME,
  listPlaylists,
  makePlaylist,
  type Playlist,
  type PlaylistPlace,
  playlistById,
  playlistNamed,
  removePlaylist,
  renamePlaylist,
  shownPlace,
} from './playlists/playlists.ts';
export { queueList } from './playlists/queue.ts';
export { addRoot, liesWithin, listRoots, type Root, removeRoot, setRootThere } from './roots/roots.ts';
export {
  type FailedFile,
  forgetFailures,
  forgetPictureFailures,
  listFailures,
  noteFailures,
  noteUnreadable,
  type ScanStep,
} from './scans/failures.ts';
export { beginScan, countScan, endScan } from './scans/scans.ts';
export { type FileSound, settleMoves, storeSounds } from './sounds/sounds.ts';
export { type FileTags, storeTags } from './tracks/store-tags.ts';
