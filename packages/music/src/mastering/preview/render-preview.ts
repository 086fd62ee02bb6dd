import type { Clip, Kernels } from '@tutti/dsp';
import type { TrackSource } from '../../sources/track-source.ts';
import { MasteringError } from '../mastering-error.ts';
import type { MasterPlan } from '../plan-schema.ts';
import { renderMaster } from '../render/render-master.ts';
import type { PreviewSpan } from './choose-preview.ts';
import { clipLoudness } from './clip-loudness.ts';

export interface MasterPreview {
  /** The master's seconds, bit by bit. */
  readonly after: Clip;
  /** The mixdown's, at the same rate. */
  readonly before: Clip;
  /** Gains that make both equally loud, dB, 0 or less: the louder one is turned down. */
  readonly matchDb: { readonly before: number; readonly after: number };
}

export interface PreviewOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Renders a part of a master, and the same part of the mixdown to compare it with. The part is bit by bit that of the whole
 * render: the chain runs from the beginning of the song, since a filter or a release has heard all that was before, and what
 * lies behind the part is not rendered.
 * @param open opens the source, twice
 * @throws MasteringError 'invalid-option' on a span outside the song; as `renderMaster`
 */
export async function renderPreview(
  plan: MasterPlan,
  open: () => Promise<TrackSource>,
  kernels: Kernels,
  span: Pick<PreviewSpan, 'startSeconds' | 'endSeconds'>,
  options: PreviewOptions = {},
): Promise<MasterPreview> {
  const { startSeconds, endSeconds } = span;
  if (!(startSeconds >= 0 && endSeconds > startSeconds && endSeconds <= plan.source.seconds + 0.001))
    throw new MasteringError(
      'invalid-option',
      `a preview from ${startSeconds} to ${endSeconds} s is asked for; the song lasts ${plan.source.seconds.toFixed(2)} s`,
    );
  const after = await renderedPart(plan, await open(), kernels, span, options);
  const before = await renderedPart({ ...plan, stages: [] }, await open(), kernels, span, options);
  const [beforeLufs, afterLufs] = [clipLoudness(kernels, before), clipLoudness(kernels, after)];
  const louder = beforeLufs === null || afterLufs === null ? 0 : afterLufs - beforeLufs;
  return { after, before, matchDb: { before: Math.min(0, louder), after: Math.min(0, -louder) } };
}

async function renderedPart(
  plan: MasterPlan,
  source: TrackSource,
  kernels: Kernels,
  { startSeconds, endSeconds }: Pick<PreviewSpan, 'startSeconds' | 'endSeconds'>,
  { signal }: PreviewOptions,
): Promise<Clip> {
  const { sampleRate } = plan.output;
  const start = Math.round(startSeconds * sampleRate);
  const end = Math.round(endSeconds * sampleRate);
  const channels = Array.from({ length: plan.source.channels }, () => new Float32Array(end - start));
  let at = 0;
  for await (const block of renderMaster(plan, source, kernels, { signal })) {
    const from = Math.max(0, start - at);
    const to = Math.min(block.frames, end - at);
    if (from < to) {
      channels.forEach((samples, channel) => {
        samples.set(block.channel(channel).subarray(from, to), at + from - start);
      });
    }
    at += block.frames;
    if (at >= end) break;
  }
  return { sampleRate, channels };
}
