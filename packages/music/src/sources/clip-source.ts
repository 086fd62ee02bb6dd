import { type Clip, clipFrames } from '@tutti/dsp';
import type { TrackSource } from './track-source.ts';

/** A clip as a source, which hands out the clip's own samples in one block. */
export function clipSource(clip: Clip): TrackSource {
  return {
    format: { sampleRate: clip.sampleRate, channels: clip.channels.length },
    async *blocks() {
      yield { channels: clip.channels, frames: clipFrames(clip) };
    },
    close: async () => {},
  };
}
