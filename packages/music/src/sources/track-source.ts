/** An open track, read once from front to back: what `openTrack` gives to `renderMix`. `media`'s `AudioSource` is one. */
export interface TrackSource {
  readonly format: {
    /** Hz, 4,000 to 192,000 */
    readonly sampleRate: number;
    /** 1 to 8, in WAVE order: left, right, centre, low frequencies, then those behind and beside */
    readonly channels: number;
  };
  /** The samples from the first real one on; the views are good until the next block is asked for. */
  blocks(): AsyncGenerator<{ readonly channels: readonly Float32Array[]; readonly frames: number }, void, undefined>;
  close(): Promise<void>;
}
