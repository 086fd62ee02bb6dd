import { type Kernels, SampleBlock } from '@tutti/dsp';
import { MOST_CHANNELS, writeStereo } from '../../mixing/stereo.ts';
import type { TrackSource } from '../../sources/track-source.ts';
import { BalancingError } from '../balancing-error.ts';

const PIECE_FRAMES = 4096;
const LOWEST_RATE = 8000;
const HIGHEST_RATE = 192_000;

/**
 * A source with two channels, whatever it has: one is on both sides, as loud as it was, and more than two are mixed down
 * after ITU-R BS.775. Two are handed on as they are.
 * @param kernels lend a block while the source is read
 * @throws BalancingError 'source' on more than eight channels and on a rate that cannot be mixed
 */
export function stereoSource(source: TrackSource, name: string, kernels: Kernels): TrackSource {
  const { sampleRate, channels } = source.format;
  if (!(sampleRate >= LOWEST_RATE && sampleRate <= HIGHEST_RATE))
    throw new BalancingError(
      'source',
      `${name} has a sample rate of ${sampleRate} Hz; a stem has ${LOWEST_RATE} to ${HIGHEST_RATE}`,
    );
  if (channels > MOST_CHANNELS)
    throw new BalancingError('source', `${name} has ${channels} channels; a stem has 1 to ${MOST_CHANNELS}`);
  if (channels === 2) return source;
  return {
    format: { sampleRate, channels: 2 },
    close: () => source.close(),
    async *blocks() {
      const piece = new SampleBlock(kernels, 2, PIECE_FRAMES);
      for await (const block of source.blocks()) {
        for (let at = 0; at < block.frames; at += PIECE_FRAMES) {
          const frames = Math.min(PIECE_FRAMES, block.frames - at);
          writeStereo(piece, block.channels, at, frames);
          yield { channels: [piece.channel(0), piece.channel(1)], frames };
        }
      }
    },
  };
}
