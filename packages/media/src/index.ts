export { copyPicture } from './artwork/copy-picture.ts';
export type { EmbeddedPicture } from './artwork/embedded-pictures.ts';
export {
  examinePicture,
  MAXIMUM_PICTURE_BYTES,
  PICTURE_TYPES,
  type Picture,
  type PictureType,
} from './artwork/examine-picture.ts';
export { pictureKind } from './artwork/folder-pictures.ts';
export type { AudioBlock, AudioFormat, AudioSource } from './decode/audio-source.ts';
export { type DecodedFile, decodeFile } from './decode/decode-file.ts';
export { findFfmpeg } from './decode/ffmpeg/find-ffmpeg.ts';
export type { AudioPath } from './decode/file-bytes.ts';
export { type OpenAudioOptions, openAudio } from './decode/open-audio.ts';
export { displayPath } from './display-path.ts';
export { type AudioWriter, createAudioWriter } from './encode/audio-writer.ts';
export { newPartPath } from './encode/part-files.ts';
export type { AudioWriterOptions, SampleFormat } from './encode/sink.ts';
export { STREAM_FORMATS, type StreamFormat, transcode } from './encode/transcode.ts';
export { MediaError, type MediaErrorKind } from './errors.ts';
export { type AudioHasher, createAudioHasher } from './hash/audio-hash.ts';
export { type KeptSamples, SampleJournal } from './journal/sample-journal.ts';
export { pathBytes, pathOf } from './path-bytes.ts';
export { findProgram } from './programs/find-program.ts';
export { folderStore } from './store/folder-store.ts';
export type { ByteSpan, ResultStore, StoredBytes, StoredItem } from './store/result-store.ts';
export type { ForeignMarks, TaggedChapter } from './tags/foreign-marks.ts';
export { type FileTagging, readTagFields, readTagging, type TagFields } from './tags/read-tag-fields.ts';
export { readTags, type Tags } from './tags/read-tags.ts';
export { planTagEdit } from './tags/write/edit-tags.ts';
export type { Splice } from './tags/write/splice.ts';
export { type SplicedFile, spliceFile } from './tags/write/splice-file.ts';
export type { TagChanges, WritableText } from './tags/write/tag-change.ts';
export { type FileStamp, fileStamp } from './walk/file-stamp.ts';
export { soundEnding } from './walk/sound-ending.ts';
export { type SeenPicture, type WalkItem, type WalkOptions, walkAudio } from './walk/walk-audio.ts';
