import type { Clip, Kernels } from '@tutti/dsp';
import { SpanRecorder } from '../../rendering/span-recorder.ts';
import type { TrackSource } from '../../sources/track-source.ts';
import { MasteringError } from '../mastering-error.ts';
import type { MasterPlan } from '../plan-schema.ts';
import { renderMaster } from '../render/render-master.ts';
import { type PreviewSpan, spanFrames } from './choose-preview.ts';
import { type LoudnessMatch, matchLoudness } from './match-loudness.ts';

export interface MasterPreview {
  /** The master's seconds, bit by bit. */
  readonly after: Clip;
  /** The mixdown's, at the same rate. */
  readonly before: Clip;
  readonly matchDb: LoudnessMatch;
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
  return { after, before, matchDb: matchLoudness(kernels, before, after) };
}

async function renderedPart(
  plan: MasterPlan,
  source: TrackSource,
  kernels: Kernels,
  span: Pick<PreviewSpan, 'startSeconds' | 'endSeconds'>,
  { signal }: PreviewOptions,
): Promise<Clip> {
  const { sampleRate } = plan.output;
  const recorder = new SpanRecorder(plan.source.channels, spanFrames(span, sampleRate));
  for await (const block of renderMaster(plan, source, kernels, { signal })) {
    recorder.push(block.channels(), block.frames);
    if (recorder.isFull) break;
  }
  return recorder.clip(sampleRate);
}
