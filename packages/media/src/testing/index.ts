export { fixturePath } from './fixture-path.ts';
export { flacWithComments } from './flac-with-comments.ts';
export { makePng } from './make-picture.ts';
export { writeSmallSong } from './small-songs.ts';
