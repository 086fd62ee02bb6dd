import type { Kernels } from '@tutti/dsp';
import { sourcePieces } from '../../sources/source-pieces.ts';
import type { TrackSource } from '../../sources/track-source.ts';
import type { SampleMemory } from '../sample-memory.ts';
import type { MeasuredSong } from './measured-song.ts';
import { MixdownListener } from './mixdown-listener.ts';

const PIECE_FRAMES = 16_384;

export interface MeasureOptions {
  /** Keep a song of up to six minutes (of stereo at 44.1 kHz) whole, so that it need not be decoded again. */
  readonly keepWhole?: boolean | undefined;
  /** Where what is kept of the samples is; memory of its own when absent. */
  readonly memory?: SampleMemory | undefined;
  /** Stops the measurement: it then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called with the seconds that have been measured, about three times a second of sound. */
  readonly onProgress?: ((seconds: number) => void) | undefined;
}

/**
 * Measures a mixdown from front to back, and closes it. The kernels' memory is as it was afterwards.
 * @throws as `MixdownListener`; whatever the source throws; the signal's reason
 */
export async function measureSource(
  source: TrackSource,
  kernels: Kernels,
  { keepWhole, memory, signal, onProgress }: MeasureOptions = {},
): Promise<MeasuredSong> {
  const mark = kernels.mark();
  try {
    const { sampleRate, channels } = source.format;
    const listener = new MixdownListener(kernels, { sampleRate, channels, keepWhole, memory });
    let frames = 0;
    for await (const piece of sourcePieces(source, kernels, PIECE_FRAMES, signal)) {
      listener.push(piece);
      frames += piece.frames;
      onProgress?.(frames / sampleRate);
    }
    return listener.finish();
  } finally {
    kernels.release(mark);
    await source.close();
  }
}
