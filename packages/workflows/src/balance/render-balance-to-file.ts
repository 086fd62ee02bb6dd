import type { Kernels } from '@tutti/dsp';
import { type AudioWriter, createAudioWriter, openAudio } from '@tutti/media';
import { type BalanceFigures, BalanceMeter, type BalancePlan, renderBalance } from '@tutti/music/balancing';
import { type MeasuredSong, MixdownListener } from '@tutti/music/mastering';
import { overheard } from '../master/overheard-source.ts';
import { requireSameHash } from '../same-sound.ts';

export interface RenderBalanceToFileOptions {
  /** Measure the mix as a mixdown is measured for a master. */
  readonly wholeMeasurement: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Share of the mix that has been rendered, 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** A mix that was rendered, measured on what was rendered. */
export interface RenderedBalance {
  readonly figures: BalanceFigures;
  /** Null when no whole measurement was asked for. */
  readonly song: MeasuredSong | null;
}

/**
 * Renders a plan, measured as it goes by, into a file whose ending selects the format, or to nowhere. The file appears when it
 * is whole; when anything fails or `signal` is aborted, nothing is left behind.
 * @param out null: it is measured only
 * @param kernels the thread's instance; what this allocates in it is freed again
 * @throws MediaError when a file cannot be read or written; WorkflowError 'corrupt' when a stem no longer sounds as it did when
 *   the plan was made; BalancingError 'source'
 */
export async function renderBalanceToFile(
  plan: BalancePlan,
  out: { readonly path: string; readonly force: boolean } | null,
  kernels: Kernels,
  { wholeMeasurement, signal, onProgress }: RenderBalanceToFileOptions,
): Promise<RenderedBalance> {
  const { sampleRate, sampleFormat, dither } = plan.output;
  const mark = kernels.mark();
  const digests = new Map<number, () => string>();
  const open = async (index: number) => {
    const { source, digest } = overheard(await openAudio(plan.stems[index]!.source.path, { signal }));
    digests.set(index, digest);
    return source;
  };
  let writer: AudioWriter | undefined;
  try {
    if (out !== null)
      writer = await createAudioWriter(out.path, {
        ...{ sampleRate, channels: 2, sampleFormat, dither, force: out.force, signal },
      });
    const meter = new BalanceMeter(kernels, plan);
    const listener = wholeMeasurement ? new MixdownListener(kernels, { sampleRate, channels: 2 }) : null;
    const blocks = renderBalance(plan, open, kernels, {
      signal,
      onStem: (index, piece) => meter.stem(index, piece),
      onProgress: ({ seconds, totalSeconds }) => onProgress?.(totalSeconds > 0 ? seconds / totalSeconds : 1),
    });
    for await (const block of blocks) {
      meter.process(block);
      listener?.push(block);
      await writer?.write(block.channels(), block.frames);
    }
    for (const [index, digest] of digests) requireSameHash(plan.stems[index]!.source, digest());
    await writer?.finish();
    return { figures: meter.result(), song: listener?.finish() ?? null };
  } catch (error) {
    await writer?.abort();
    throw error;
  } finally {
    kernels.release(mark);
  }
}
