import { createHash } from 'node:crypto';
import { basename, extname, resolve } from 'node:path';
import type { AnalysisLine } from '@tutti/contract';
import { Kernels, kernelsVersion } from '@tutti/dsp';
import { type AudioSource, createAudioWriter, openAudio, type SampleFormat, SampleJournal } from '@tutti/media';
import { type MixKeeper, type MixPlan, renderMix } from '@tutti/music/mixing';
import { companionPath } from '../companion-file.ts';
import { drawMix, type MixPicture } from '../mix-picture/mix-picture.ts';
import { drawMixReport } from '../mix-report/mix-report.ts';
import type { MeasuredTransition } from '../mix-report/report-data.ts';
import { writeWhole } from '../write-whole.ts';
import { LaneRecorder } from './lane-recorder.ts';
import { measureTransitions } from './measure-transitions.ts';
import { type MixLoudness, MixMeters } from './mix-meters.ts';
import { LANE_VALUES, laneHopSeconds, pictureOfMix, ZOOMED_LANE_VALUES } from './picture-of-mix.ts';
import { TransitionRecorder } from './transition-recorder.ts';

export interface MixProgress {
  readonly seconds: number;
  readonly totalSeconds: number;
  /** The track that is heard. */
  readonly title: string;
}

export interface RenderMixOptions {
  /** Replace files that are there. */
  readonly force: boolean;
  /** Draw the mix beside it, with the ending .svg. */
  readonly picture: boolean;
  /** Write a page about it beside it, with the ending .html. */
  readonly report?: boolean;
  /** Bars and phrases in the picture come from these. */
  readonly analyses?: readonly AnalysisLine[];
  readonly sampleFormat?: SampleFormat;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: MixProgress) => void;
  /** Told how many seconds of the mix a run that was killed had made, where there are any. */
  readonly onResume?: (seconds: number) => void;
  /** Share of the transitions that were measured for the page, 0 to 1. */
  readonly onMeasured?: (share: number) => void;
}

/** What was written, measured on what was written. */
export interface RenderedMix {
  readonly path: string;
  /** The picture; null when none was asked for. */
  readonly picture: string | null;
  readonly seconds: number;
  readonly sampleRate: number;
  readonly loudness: MixLoudness;
  /** The page about it; null when none was asked for. */
  readonly report: string | null;
  /** What was measured at each transition, for the page; null when none was asked for. */
  readonly transitions: readonly MeasuredTransition[] | null;
}

/** Of all that the samples of a mix follow from: a journal of another one is of no use. */
function fingerprintOf({ result: _, ...plan }: MixPlan): string {
  return createHash('sha256')
    .update(`tutti.mix-journal/1 ${kernelsVersion}\n${JSON.stringify(plan)}`)
    .digest('hex');
}

/** The journal, which tells what it had kept. */
function keeperOf(journal: SampleJournal, plan: MixPlan, onResume: RenderMixOptions['onResume']): MixKeeper {
  return {
    keep: (channels, frames) => journal.keep(channels, frames),
    async *kept() {
      let frames = 0;
      for await (const piece of journal.kept()) {
        frames += piece.frames;
        yield piece;
      }
      if (frames > 0) onResume?.(frames / plan.sampleRate);
    },
  };
}

/**
 * Renders a plan into a file, whose ending selects the format, draws its picture and writes the page about it. The file
 * appears when it is whole; when anything fails or `signal` is aborted before, nothing is left behind. What a run made that was
 * killed lies in a journal beside the file (8 bytes a frame): the next one of the same plan to the same file goes on from there
 * and gives the same bytes.
 * @throws MediaError when a file cannot be read or written; MixingError when the plan does not fit its files
 */
export async function renderMixToFile(plan: MixPlan, out: string, options: RenderMixOptions): Promise<RenderedMix> {
  const { signal, sampleFormat = 'int24', report = false } = options;
  const kernels = new Kernels();
  const meters = new MixMeters(kernels, plan.sampleRate);
  const isDrawn = options.picture || report;
  const recorders = plan.tracks.map(() => new LaneRecorder());
  const transitionRecorder = report ? new TransitionRecorder(plan, new Kernels()) : null;
  const openTrack = async (index: number): Promise<AudioSource> => {
    const source = await openAudio(plan.tracks[index]!.path, { signal });
    return isDrawn ? recorders[index]!.listen(source) : source;
  };
  const writer = await createAudioWriter(out, {
    sampleRate: plan.sampleRate,
    channels: 2,
    sampleFormat,
    force: options.force,
    signal,
  });
  const journal = await SampleJournal.open(out, fingerprintOf(plan));
  try {
    const onProgress = ({ seconds, totalSeconds }: { seconds: number; totalSeconds: number }) => {
      const track = plan.tracks.findLast(({ start }) => start <= seconds) ?? plan.tracks[0]!;
      options.onProgress?.({ seconds, totalSeconds, title: track.title });
    };
    const keeper = keeperOf(journal, plan, options.onResume);
    for await (const block of renderMix(plan, openTrack, kernels, { ...(signal && { signal }), onProgress, keeper })) {
      meters.process(block);
      await transitionRecorder?.push(block);
      await writer.write([block.channel(0), block.channel(1)], block.frames);
    }
    await writer.finish();
  } catch (error) {
    await writer.abort();
    throw error;
  } finally {
    await journal.discard();
  }
  if (isDrawn) {
    // What a run before this one had played was not heard in this one.
    for (const [index, recorder] of recorders.entries()) {
      if (!recorder.hasHeard) await recorder.hear(await openAudio(plan.tracks[index]!.path, { signal }));
    }
  }
  const shortTerm = meters.shortTerm();
  const loudness = meters.result();
  const title = basename(out, extname(out));
  const drawn = (laneValues: number): MixPicture => {
    const hop = laneHopSeconds(plan, laneValues);
    return pictureOfMix(plan, {
      title,
      waveforms: plan.tracks.map((track, index) => recorders[index]!.waveform(track, hop)),
      analyses: new Map(options.analyses?.map((line) => [resolve(line.path), line])),
      shortTerm,
    });
  };
  const picture = options.picture ? companionPath(out, 'svg') : null;
  if (picture !== null) await writeWhole(picture, drawMix(drawn(LANE_VALUES)));
  let transitions: MeasuredTransition[] | null = null;
  const page = transitionRecorder ? companionPath(out, 'html') : null;
  if (page !== null) {
    const heard = await transitionRecorder!.finish();
    transitions = await measureTransitions(plan, shortTerm, signal, options.onMeasured);
    await writeWhole(
      page,
      drawMixReport({
        ...{ title, plan, loudness, shortTerm, picture: drawn(ZOOMED_LANE_VALUES) },
        transitions: transitions.map((measured, index) => ({ ...measured, heard: heard[index]! })),
      }),
    );
  }
  const { seconds, sampleRate } = plan;
  return { path: out, picture, report: page, seconds, sampleRate, loudness, transitions };
}
