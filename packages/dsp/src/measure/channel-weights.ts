/**
 * Weights of the channels in a loudness sum, by channel count and in the order of WAVE and FLAC files: mono; L R; L R C;
 * L R Ls Rs; L R C Ls Rs; L R C LFE Ls Rs; L R C LFE Cs Ls Rs; L R C LFE Lb Rb Ls Rs. The LFE is left out; speakers
 * at 60 to 120 degrees weigh 1.41, all others 1. In layouts of four to six channels the surrounds are those of
 * ITU-R BS.775, at 110 degrees.
 * Source: ITU-R BS.1770-5, tables 3 and 4.
 */
export const CHANNEL_WEIGHTS: readonly (readonly number[])[] = [
  [],
  [1],
  [1, 1],
  [1, 1, 1],
  [1, 1, 1.41, 1.41],
  [1, 1, 1, 1.41, 1.41],
  [1, 1, 1, 0, 1.41, 1.41],
  [1, 1, 1, 0, 1, 1.41, 1.41],
  [1, 1, 1, 0, 1, 1, 1.41, 1.41],
];
