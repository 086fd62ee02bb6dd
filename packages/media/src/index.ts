export type { AudioBlock, AudioFormat, AudioSource } from './decode/audio-source.ts';
export { type DecodedFile, decodeFile } from './decode/decode-file.ts';
export { findFfmpeg } from './decode/ffmpeg/find-ffmpeg.ts';
export type { AudioPath } from './decode/file-bytes.ts';
export { type OpenAudioOptions, openAudio } from './decode/open-audio.ts';
export { displayPath } from './display-path.ts';
export { MediaError, type MediaErrorKind } from './errors.ts';
export { type AudioHasher, createAudioHasher } from './hash/audio-hash.ts';
