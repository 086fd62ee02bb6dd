// What is read from a file is believed only within these bounds.

/** Hz. Below is telephony's half, above is no recording. */
export const MINIMUM_SAMPLE_RATE = 4000;
export const MAXIMUM_SAMPLE_RATE = 384_000;

export const MAXIMUM_CHANNELS = 8;

/** Longest sound that `openAudio` streams unless told otherwise: one day. */
export const DEFAULT_MAXIMUM_SECONDS = 24 * 3600;

/** Most bytes of samples that `decodeFile` keeps in memory: 4 GiB, about 3 hours of stereo at 44.1 kHz. */
export const MAXIMUM_CLIP_BYTES = 2 ** 32;

/** Most chunks that are walked through before the samples of a RIFF or IFF file. */
export const MAXIMUM_CHUNKS = 20_000;

/** Magnitude above which a float sample is no sound (+60 dB over full scale). */
export const LARGEST_SAMPLE = 1000;

/** Magnitude above which the output of a lossy decoder means damaged data (+12 dB over full scale). */
export const LARGEST_LOSSY_SAMPLE = 4;

/** Frames of the blocks in which samples are handed over. */
export const BLOCK_FRAMES = 16_384;

/** Bytes that are read from a file at once. */
export const CHUNK_BYTES = 2 ** 18;
