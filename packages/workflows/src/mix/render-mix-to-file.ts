import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Kernels, kernelsVersion, type SampleBlock } from '@tutti/dsp';
import { type AudioWriter, createAudioWriter, type SampleFormat, SampleJournal } from '@tutti/media';
import { type MixKeeper, type MixPlan, renderPlayed } from '@tutti/music/mixing';
import { type WholeFile, writeUnnamed } from '../write-whole.ts';
import { type DeckOptions, DeckThreads } from './deck-threads.ts';
import { type CompanionOptions, type DrawnCompanions, drawCompanions, laneHops } from './draw-companions.ts';
import { drawLanes } from './draw-lanes.ts';
import { type MixLoudness, MixMeters } from './mix-meters.ts';
import { markNaming, settleNaming } from './naming-mark.ts';
import { TransitionRecorder } from './transition-recorder.ts';

export interface MixProgress {
  readonly seconds: number;
  readonly totalSeconds: number;
  /** The track that is heard. */
  readonly title: string;
}

export interface RenderMixOptions extends CompanionOptions {
  /** Replace files that are there. */
  readonly force: boolean;
  /** Files about the mix that appear with it; what has their names is replaced. */
  readonly companions?: readonly WholeFile[];
  readonly sampleFormat?: SampleFormat;
  /** Threads that play tracks, 1 to 4, more are as 4; as many as the machine has cores when absent. The bytes are the same. */
  readonly threads?: number | undefined;
  readonly onProgress?: (progress: MixProgress) => void;
  /** Told how many seconds of the mix a run that was killed had made, where there are any. */
  readonly onResume?: (seconds: number) => void;
}

/** The limiter, the meters and the file are the work of one thread: more than these cannot make it faster. */
const MOST_THREADS = 4;

/** What was written, measured on what was written. */
export interface RenderedMix extends Readonly<DrawnCompanions['written']> {
  readonly path: string;
  readonly seconds: number;
  readonly sampleRate: number;
  readonly loudness: MixLoudness;
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

/** Writes files that belong to a mix, and lets them appear together with it, the mix last. */
async function nameTogether(out: string, files: readonly WholeFile[], writer: AudioWriter): Promise<void> {
  const unnamed = await writeUnnamed(files);
  try {
    await writer.finish(async () => {
      await markNaming(out, files);
      await unnamed.name();
    });
  } catch (error) {
    await unnamed.discard();
    throw error;
  }
}

interface PlayOptions extends Pick<RenderMixOptions, 'signal' | 'onProgress'> {
  readonly decks: DeckOptions;
  readonly kernels: Kernels;
  readonly keeper: MixKeeper;
}

/**
 * Plays a plan on the threads that are asked for.
 * @param take is given the mix block by block
 * @returns what the decks drew of each track that they played
 */
async function play(
  plan: MixPlan,
  { decks: deckOptions, kernels, keeper, ...options }: PlayOptions,
  take: (block: SampleBlock) => Promise<void>,
): Promise<DeckThreads['lanesOf']> {
  const { signal } = options;
  let decks: DeckThreads | undefined;
  try {
    decks = await DeckThreads.start(plan, deckOptions);
    const onProgress = ({ seconds, totalSeconds }: { seconds: number; totalSeconds: number }) => {
      const track = plan.tracks.findLast(({ start }) => start <= seconds) ?? plan.tracks[0]!;
      options.onProgress?.({ seconds, totalSeconds, title: track.title });
    };
    for await (const block of renderPlayed(plan, decks, kernels, { ...(signal && { signal }), onProgress, keeper }))
      await take(block);
  } finally {
    await decks?.dismiss();
  }
  return (index) => decks?.lanesOf(index);
}

/**
 * Renders a plan into a file, whose ending selects the format, draws its picture and writes the page about it. They appear when all
 * are whole, the mix last; when anything fails or `signal` is aborted before, nothing is left behind. What a run made that was
 * killed lies in a journal beside the file (8 bytes a frame): the next one of the same plan to the same file goes on from there
 * and gives the same bytes; what it left half named, `checkOutput` sets right.
 * @throws MediaError when the file cannot be written; WorkflowError when a track cannot be read or does not fit the plan;
 *   MixingError 'invalid-plan'
 */
export async function renderMixToFile(plan: MixPlan, out: string, options: RenderMixOptions): Promise<RenderedMix> {
  const { force, signal, sampleFormat = 'int24', report = false, companions = [] } = options;
  const { seconds, sampleRate } = plan;
  const threads = Math.min(options.threads ?? availableParallelism(), MOST_THREADS);
  const kernels = new Kernels();
  const meters = new MixMeters(kernels, sampleRate);
  const recorder = report ? new TransitionRecorder(plan, new Kernels()) : null;
  const decks = { threads, hops: laneHops(plan, options), signal };
  const writer = await createAudioWriter(out, { sampleRate, channels: 2, sampleFormat, force, signal });
  const journal = await SampleJournal.open(out, fingerprintOf(plan));
  try {
    const keeper = keeperOf(journal, plan, options.onResume);
    const lanesOf = await play(plan, { ...options, decks, kernels, keeper }, async (block) => {
      meters.process(block);
      await recorder?.push(block);
      await writer.write(block.channels(), block.frames);
    });
    const lanes = await drawLanes(plan, lanesOf, decks);
    const loudness = meters.result();
    const heard = { lanes, loudness, shortTerm: meters.shortTerm(), parts: (await recorder?.finish()) ?? null };
    const drawn = await drawCompanions(plan, out, heard, options);
    await nameTogether(out, [...drawn.files, ...companions], writer);
    return { path: out, ...drawn.written, seconds, sampleRate, loudness };
  } catch (error) {
    await writer.abort();
    throw error;
  } finally {
    await journal.discard();
    await settleNaming(out);
  }
}
