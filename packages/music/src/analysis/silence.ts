/** What is this much quieter than the sound beside it is silence: 60 dB, as an amplitude. */
export const SILENT_AMPLITUDE = 1e-3;
/** The same as a power. */
export const SILENT_POWER = SILENT_AMPLITUDE ** 2;
