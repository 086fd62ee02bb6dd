export type {
  Colour,
  CueKind,
  DjCollection,
  DjCue,
  DjPlaylist,
  DjTrack,
  GridMark,
  ReadCollection,
} from './collection/dj-collection.ts';
export { ExchangeError, type ExchangeErrorKind } from './errors.ts';
export { type FilePlace, pathOf, placeOf, type Relocation, relocated, stepsBetween } from './paths/file-place.ts';
export { type ReadM3u8, type ReadM3u8Entry, readM3u8 } from './playlist/read-m3u8.ts';
export { type M3u8Entry, writeM3u8 } from './playlist/write-m3u8.ts';
export { readRekordbox } from './rekordbox/read-rekordbox.ts';
export { writeRekordbox } from './rekordbox/write-rekordbox.ts';
export { parseSeratoBeatGrid, type SeratoGridMark, writeSeratoBeatGrid } from './serato/beat-grid.ts';
export { parseSeratoCrate, type ReadSeratoCrate, writeSeratoCrate } from './serato/crate.ts';
export { fileOfCrate, pathInCrate, placeOfCrate } from './serato/crate-place.ts';
export { openSeratoField, type SeratoField, sealSeratoField } from './serato/field.ts';
export { parseSeratoFirstMarkers, writeSeratoFirstMarkers } from './serato/first-markers.ts';
export {
  NO_SERATO_MARKERS,
  type SeratoCue,
  type SeratoEntry,
  type SeratoLoop,
  type SeratoMarkers,
} from './serato/markers.ts';
export { parseSeratoMarkers, type ReadSeratoMarkers } from './serato/read-markers.ts';
export { writeSeratoMarkers } from './serato/write-markers.ts';
export type { SetTrack } from './set/set-track.ts';
export { type Chapters, writeChapters } from './set/write-chapters.ts';
export { writeCueSheet } from './set/write-cue-sheet.ts';
export { writeTracklist } from './set/write-tracklist.ts';
export { clockTime } from './text/clock-time.ts';
export { USUAL_START_VOLUME } from './traktor/nml-location.ts';
export { readNml } from './traktor/read-nml.ts';
export { type NmlOptions, writeNml } from './traktor/write-nml.ts';
export { escapeText } from './xml/escape-text.ts';
