import type { Clip, Kernels } from '@tutti/dsp';
import { type AudioWriter, createAudioWriter, openAudio } from '@tutti/media';
import {
  compareWithPlan,
  type GainChange,
  MasterMeter,
  type MasterPlan,
  type MasterResult,
  type MeasuredSong,
  MixdownListener,
  type PreviewSpan,
  renderMaster,
  requirePromises,
  SpanRecorder,
  spanFrames,
  type TrackSource,
} from '@tutti/music/mastering';
import { requireSameHash } from '../same-sound.ts';
import type { MeasuredFile } from './measure-file.ts';
import { overheard } from './overheard-source.ts';

export interface RenderMasterToFileOptions {
  /** Replace a file that is there. */
  readonly force: boolean;
  /** Measure the master as its source was measured, for a report. */
  readonly wholeMeasurement: boolean;
  /** The file as it was measured just now: what was kept of it is not decoded again. */
  readonly measured?: Pick<MeasuredFile, 'source' | 'decoded'> | undefined;
  /** Keep this part of the song, before and after. */
  readonly keep?: PreviewSpan | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Share of the song that has been rendered, 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
  /**
   * Asked with what was measured, before the file appears, which plan the master is held to; null: there is no file then,
   * and no error. The plan that was rendered, when absent.
   */
  readonly holdTo?: (result: MasterResult) => MasterPlan | null;
}

/** What was written, measured on what was written. */
export interface RenderedMaster {
  /** What the master is held to. */
  readonly plan: MasterPlan;
  readonly result: MasterResult;
  /** Null when no whole measurement was asked for. */
  readonly song: MeasuredSong | null;
  readonly gainChanges: readonly GainChange[];
  /** The part that was to be kept; null when none was. */
  readonly kept: { readonly before: Clip; readonly after: Clip } | null;
}

/**
 * Renders a plan into a file, whose ending selects the format. The file appears when it is whole and keeps what its plan
 * promises; when anything fails or `signal` is aborted, nothing is left behind.
 * @param kernels the thread's instance; what this allocates in it is freed again
 * @returns null when what came out is held to no plan
 * @throws MediaError when a file cannot be read or written; WorkflowError 'corrupt' when the source no longer sounds as it
 *   did when the plan was made; MasteringError 'source', 'invalid-plan',
 *   'broken-promise'
 */
export async function renderMasterToFile(
  plan: MasterPlan,
  out: string,
  kernels: Kernels,
  { force, wholeMeasurement, measured, keep, signal, onProgress, holdTo = () => plan }: RenderMasterToFileOptions,
): Promise<RenderedMaster | null> {
  const { sampleRate, sampleFormat, dither } = plan.output;
  const { channels } = plan.source;
  const mark = kernels.mark();
  const sound = await soundOf(plan, measured, signal);
  let writer: AudioWriter | undefined;
  try {
    const recorders = keep && {
      before: new SpanRecorder(channels, spanFrames(keep, plan.source.sampleRate)),
      after: new SpanRecorder(channels, spanFrames(keep, sampleRate)),
    };
    const source = recorders ? recorded(sound.source, recorders.before) : sound.source;
    writer = await createAudioWriter(out, { sampleRate, channels, sampleFormat, dither, force, signal });
    const format = { sampleRate, channels };
    const listener = wholeMeasurement ? new MixdownListener(kernels, format) : null;
    const meter = listener ? null : new MasterMeter(kernels, format);
    const gainChanges: GainChange[] = [];
    const blocks = renderMaster(plan, source, kernels, {
      signal,
      onProgress: ({ seconds, totalSeconds }) => onProgress?.(totalSeconds > 0 ? seconds / totalSeconds : 1),
      onGainChange: (change) => gainChanges.push(change),
    });
    for await (const block of blocks) {
      meter?.process(block);
      listener?.push(block);
      recorders?.after.push(block.channels(), block.frames);
      await writer.write(block.channels(), block.frames);
    }
    requireSameHash(plan.source, sound.digest());
    const song = listener?.finish() ?? null;
    const figures = song?.figures ?? meter!.result();
    const held = holdTo(compareWithPlan(plan, figures, gainChanges));
    if (held === null) {
      await writer.abort();
      return null;
    }
    const result = compareWithPlan(held, figures, gainChanges);
    requirePromises(held, result);
    await writer.finish();
    const kept = recorders
      ? { before: recorders.before.clip(plan.source.sampleRate), after: recorders.after.clip(sampleRate) }
      : null;
    return { plan: held, result, song, gainChanges, kept };
  } catch (error) {
    await writer?.abort();
    throw error;
  } finally {
    kernels.release(mark);
    await sound.source.close();
  }
}

/** The file's samples, as they were kept or decoded now, and their hash, which is known at the end. */
async function soundOf(
  { source: { path } }: MasterPlan,
  measured: RenderMasterToFileOptions['measured'],
  signal: AbortSignal | undefined,
): Promise<{ readonly source: TrackSource; digest(): string }> {
  if (measured?.decoded) return { source: measured.decoded, digest: () => measured.source.audioHash };
  return overheard(await openAudio(path, { signal }));
}

/** The same source, of which a part is recorded as it passes. */
function recorded(source: TrackSource, recorder: SpanRecorder): TrackSource {
  return {
    format: source.format,
    close: () => source.close(),
    async *blocks() {
      for await (const block of source.blocks()) {
        recorder.push(block.channels, block.frames);
        yield block;
      }
    },
  };
}
