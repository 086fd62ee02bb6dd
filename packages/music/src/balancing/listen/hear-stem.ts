import { integratedLoudness, type Kernels } from '@tutti/dsp';
import type { ChainFormat } from '../../mastering/chain/stage-processor.ts';
import type { Excerpt } from '../../mastering/measure/excerpt-keeper.ts';
import { measureSource } from '../../mastering/measure/measure-source.ts';
import type { MeasuredSong } from '../../mastering/measure/measured-song.ts';
import type { MasterMeasurement } from '../../mastering/measurement-schema.ts';
import { excerptFigures } from '../../mastering/trial/excerpt-figures.ts';
import { joinExcerpts } from '../../mastering/trial/run-stages.ts';
import type { TrackSource } from '../../sources/track-source.ts';
import { decideAlone } from '../plan/decide-alone.ts';
import type { StemStage } from '../plan-schema.ts';
import { type RecognisedStem, recogniseStem } from '../recognise/recognise-stem.ts';
import type { StemModel } from '../recognise/stem-model.ts';
import { type StemSound, stemSound } from '../recognise/stem-sound.ts';
import type { StemKind } from '../stem-kinds.ts';
import { type BandPowersOverTime, bandPowers } from './band-powers.ts';
import { stereoSource } from './stereo-source.ts';

/** A stem after it was heard once: figures, and what is decided from it alone. */
export interface HeardStem {
  readonly name: string;
  /** Hz, of the source. */
  readonly sampleRate: number;
  /** Of the source. */
  readonly channels: number;
  readonly frames: number;
  readonly figures: MasterMeasurement;
  /** Null when it is silent. */
  readonly sound: StemSound | null;
  /** Null when it is silent. */
  readonly recognised: RecognisedStem | null;
  readonly powers: BandPowersOverTime;
  /** What is decided from the stem alone. */
  readonly stages: readonly StemStage[];
  /** By how much these change its integrated loudness and its loudest 0.4 s, LU. */
  readonly change: LoudnessChange;
}

export interface LoudnessChange {
  readonly integratedLu: number;
  readonly momentaryLu: number;
}

export interface HearStemOptions {
  /** The file's name without its ending: a hint of what the stem is. */
  readonly name: string;
  /** What a person said that it is. */
  readonly told?: StemKind | undefined;
  /** Tells the kind; the one in use when absent. */
  readonly model?: StemModel | undefined;
  /** Stops the measurement: it then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called with the seconds that have been heard. */
  readonly onProgress?: ((seconds: number) => void) | undefined;
}

/** Parts of a stem are silence when they are this far under its loudest part, dB. */
const PAUSE_DB = 30;

/**
 * Hears a stem from front to back, and closes it. Samples are kept of 84 s at most while it is heard, and none afterwards. The
 * kernels' memory is as it was.
 * @throws BalancingError 'source' on a form that is not mixed; whatever the source throws; the signal's reason
 */
export async function hearStem(
  source: TrackSource,
  kernels: Kernels,
  { name, told, model, signal, onProgress }: HearStemOptions,
): Promise<HeardStem> {
  const { sampleRate, channels } = source.format;
  const song = await measured(source, kernels, { name, signal, onProgress });
  const excerpts = sounding([...joinExcerpts(song.excerpts.even), ...song.excerpts.loudest]);
  const sound = song.figures.rmsDb === null ? null : stemSound(kernels, sampleRate, excerpts);
  const recognised = sound === null ? null : recogniseStem(sound, { name, told, model });
  const format = { sampleRate, channels: 2 };
  const stages = recognised === null ? [] : decideAlone(kernels, recognised.kind, song, excerpts);
  return {
    ...{ name, sampleRate, channels, frames: song.frames, figures: song.figures, sound, recognised },
    powers: bandPowers(song.bands),
    stages,
    change: changeBehind(kernels, format, stages, excerpts),
  };
}

async function measured(source: TrackSource, kernels: Kernels, options: HearStemOptions): Promise<MeasuredSong> {
  const mark = kernels.mark();
  try {
    return await measureSource(stereoSource(source, options.name, kernels), kernels, options);
  } finally {
    kernels.release(mark);
    await source.close();
  }
}

/** The parts in which the stem plays. */
function sounding(excerpts: readonly Excerpt[]): Excerpt[] {
  const powers = excerpts.map(({ channels }) => Math.max(...channels.map(meanSquare)));
  const least = Math.max(...powers) * 10 ** (-PAUSE_DB / 10);
  return excerpts.filter((_, i) => powers[i]! > 0 && powers[i]! >= least);
}

function meanSquare(samples: Float32Array): number {
  let sum = 0;
  for (const value of samples) sum += value * value;
  return sum / Math.max(1, samples.length);
}

function changeBehind(
  kernels: Kernels,
  format: ChainFormat,
  stages: readonly StemStage[],
  excerpts: readonly Excerpt[],
): LoudnessChange {
  const [before, after] = [[], stages].map((list) => {
    const figures = excerptFigures(kernels, format, list, excerpts, { loudness: true });
    const blocks = Float64Array.from(figures.flatMap((each) => [...each.blocks]));
    return { integrated: integratedLoudness(blocks), loudest: blocks.reduce((a, b) => Math.max(a, b), 0) };
  });
  const { integrated: from, loudest: fromLoudest } = before!;
  const { integrated: to, loudest: toLoudest } = after!;
  return {
    integratedLu: from === null || to === null ? 0 : to - from,
    momentaryLu: fromLoudest > 0 && toLoudest > 0 ? 10 * Math.log10(toLoudest / fromLoudest) : 0,
  };
}
