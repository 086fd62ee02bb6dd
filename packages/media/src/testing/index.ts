export { fixturePath } from './fixture-path.ts';
export { flacWithComments } from './flac-with-comments.ts';
export { makePng } from './make-picture.ts';
