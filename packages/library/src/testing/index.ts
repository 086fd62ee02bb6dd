export { putEmbeddedFolder } from './embedded-folder.ts';
export { emptyLibrary, onBothEngines } from './engines.ts';
export { type PutTrack, putTracks } from './put-tracks.ts';
