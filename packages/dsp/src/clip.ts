/** Decoded audio: planar channels of equal length, nominal range [-1, 1]. */
export interface Clip {
  /** Hz */
  readonly sampleRate: number;
  readonly channels: readonly Float32Array[];
}

/** Frames (samples per channel) of a clip; 0 when it has no channels. */
export function clipFrames(clip: Clip): number {
  return clip.channels[0]?.length ?? 0;
}

/** Duration in seconds. */
export function clipSeconds(clip: Clip): number {
  return clipFrames(clip) / clip.sampleRate;
}
