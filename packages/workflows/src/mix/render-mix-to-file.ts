import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { basename, extname, resolve } from 'node:path';
import type { AnalysisLine } from '@tutti/contract';
import { Kernels, kernelsVersion } from '@tutti/dsp';
import { createAudioWriter, type SampleFormat, SampleJournal } from '@tutti/media';
import { type MixKeeper, type MixPlan, renderPlayed } from '@tutti/music/mixing';
import { companionPath } from '../companion-file.ts';
import { drawMix, type MixPicture } from '../mix-picture/mix-picture.ts';
import { drawMixReport } from '../mix-report/mix-report.ts';
import type { MeasuredTransition } from '../mix-report/report-data.ts';
import { writeWhole } from '../write-whole.ts';
import { DeckThreads } from './deck-threads.ts';
import { drawLanes } from './draw-lanes.ts';
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
  /** Threads that play tracks, 1 to 4, more are as 4; as many as the machine has cores when absent. The bytes are the same. */
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: MixProgress) => void;
  /** Told how many seconds of the mix a run that was killed had made, where there are any. */
  readonly onResume?: (seconds: number) => void;
  /** Share of the transitions that were measured for the page, 0 to 1. */
  readonly onMeasured?: (share: number) => void;
}

/** The limiter, the meters and the file are the work of one thread: more than these cannot make it faster. */
const MOST_THREADS = 4;

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
 * @throws MediaError when the file cannot be written; WorkflowError when a track cannot be read or does not fit the plan;
 *   MixingError 'invalid-plan'
 */
export async function renderMixToFile(plan: MixPlan, out: string, options: RenderMixOptions): Promise<RenderedMix> {
  const { signal, sampleFormat = 'int24', report = false } = options;
  const threads = Math.min(options.threads ?? availableParallelism(), MOST_THREADS);
  const kernels = new Kernels();
  const meters = new MixMeters(kernels, plan.sampleRate);
  const values = [...(options.picture ? [LANE_VALUES] : []), ...(report ? [ZOOMED_LANE_VALUES] : [])];
  const deckOptions = { threads, hops: values.map((most) => laneHopSeconds(plan, most)), signal };
  const transitionRecorder = report ? new TransitionRecorder(plan, new Kernels()) : null;
  const writer = await createAudioWriter(out, {
    sampleRate: plan.sampleRate,
    channels: 2,
    sampleFormat,
    force: options.force,
    signal,
  });
  const journal = await SampleJournal.open(out, fingerprintOf(plan));
  let decks: DeckThreads | undefined;
  try {
    decks = await DeckThreads.start(plan, deckOptions);
    const onProgress = ({ seconds, totalSeconds }: { seconds: number; totalSeconds: number }) => {
      const track = plan.tracks.findLast(({ start }) => start <= seconds) ?? plan.tracks[0]!;
      options.onProgress?.({ seconds, totalSeconds, title: track.title });
    };
    const keeper = keeperOf(journal, plan, options.onResume);
    for await (const block of renderPlayed(plan, decks, kernels, { ...(signal && { signal }), onProgress, keeper })) {
      meters.process(block);
      await transitionRecorder?.push(block);
      await writer.write(block.channels(), block.frames);
    }
    await writer.finish();
  } catch (error) {
    await writer.abort();
    throw error;
  } finally {
    await decks?.dismiss();
    await journal.discard();
  }
  const lanes = await drawLanes(plan, (index) => decks?.lanesOf(index), deckOptions);
  const shortTerm = meters.shortTerm();
  const loudness = meters.result();
  const title = basename(out, extname(out));
  const drawn = (laneValues: number): MixPicture =>
    pictureOfMix(plan, {
      title,
      waveforms: lanes.map((each) => each[values.indexOf(laneValues)]!),
      analyses: new Map(options.analyses?.map((line) => [resolve(line.path), line])),
      shortTerm,
    });
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
