export { type DuplicatePair, type FingerprintedTrack, findDuplicates } from './find-duplicates.ts';
export { sonicPath } from './sonic-path.ts';
export { type EmbeddedTrack, type IsAllowed, type NearTrack, SoundIndex } from './sound-index.ts';
