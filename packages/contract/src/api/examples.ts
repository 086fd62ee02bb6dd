/**
 * What examples call things that are there only once somebody has made them: the tests put the real ones in their place. Tracks
 * are the first ones of a library, which have these numbers in every library that begins with a scan of two songs.
 */
export const EXAMPLE = {
  folder: '/music',
  song: '/music/first.wav',
  otherSong: '/music/second.wav',
  track: 1,
  otherTrack: 2,
  job: '0b7e3f5c-4a53-4d5b-9c0e-2f1d6f0a7b11',
  upload: '019a9b1c2d3e-5f60718293a4b5c6',
  otherUpload: '019a9b1c2d3f-0011223344556677',
  result: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
} as const;
