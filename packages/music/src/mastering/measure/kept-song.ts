import type { TrackSource } from '../../sources/track-source.ts';
import type { MeasuredSong } from './measured-song.ts';

/** A song that was kept whole while it was measured, as a source that may be read again and again; null when it was not. */
export function keptSong({ sampleRate, channels, excerpts }: MeasuredSong): TrackSource | null {
  const { whole } = excerpts;
  if (whole === null) return null;
  return {
    format: { sampleRate, channels },
    async *blocks() {
      for (const { channels: samples } of whole) yield { channels: samples, frames: samples[0]!.length };
    },
    close: async () => {},
  };
}
