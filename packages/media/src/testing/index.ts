export { flacWithComments } from './flac-with-comments.ts';
