import {
  type Clip,
  clipFrames,
  type Features,
  type Kernels,
  LevelMeter,
  type Loudness,
  LoudnessMeter,
  RealFft,
  SampleBlock,
  type Speaker,
  TruePeakMeter,
} from '@tutti/dsp';
import { embed } from './embedding/embedding.ts';
import { analyseEnergy } from './energy/energy-analysis.ts';
import { fingerprintOf } from './fingerprint/fingerprint.ts';
import { NO_KEY } from './key/key-analysis.ts';
import { ListeningStream } from './listening-stream.ts';
import { loudShares } from './loudness/loud-shares.ts';
import { LOUDNESS_HOP_SECONDS, loudnessAnalysis } from './loudness/loudness-analysis.ts';
import { monoPower } from './mono-power.ts';
import { analyseMusic } from './music-analysis.ts';
import { type HeardSound, joinReels } from './reels/join-reels.ts';
import { frameCount } from './reels/reel.ts';
import { type ReelOptions, USUAL_REELS } from './reels/reel-lengths.ts';
import { type Recorded, ReelListener } from './reels/reel-listener.ts';
import { remarksOn } from './remarks.ts';
import { NO_STRUCTURE } from './structure/structure-analysis.ts';
import { NO_TEMPO } from './tempo/tempo-analysis.ts';
import { TEMPOGRAM_FFT_SIZE } from './tempo/tempogram.ts';
import { analyseTimbre } from './timbre/timbre-analysis.ts';
import type { TrackAnalysis } from './track-analysis.ts';
import { evidenceOf, evidenceOfReels, type TrackEvidence } from './track-evidence.ts';

/** Changes whenever the same samples may give another answer: what was stored under another version is stale. */
export const ANALYSER_VERSION = '14';

/** Less than this is too short for tempo, key and structure. */
const SHORTEST_SECONDS = 3;
/** Frames that `analyseClip` hands to the meters at a time. */
export const BLOCK_FRAMES = 65_536;

export interface TrackListenerOptions {
  /** Hz, 4000 to 192000 */
  readonly sampleRate: number;
  /** 1 to 8 */
  readonly channels: number;
  /** Where each channel belongs; in the order of WAVE and FLAC files when absent. */
  readonly speakers?: readonly Speaker[] | undefined;
  /** How much is heard at once of a long sound; USUAL_REELS when absent. */
  readonly reels?: ReelOptions | undefined;
}

/**
 * Listens to a track as it is decoded and says what it is: tempo and beats, key, loudness, structure, energy,
 * timbre, and where it lies among others. Samples are looked at once; what is kept is features, about 19 kB a second, of
 * an hour and a half at most: what is longer is heard in reels of ten minutes that overlap, and joined (see
 * `joinReels`); what is kept of a reel is what is said of it.
 * Blocks of any size give the same answer.
 */
export class TrackListener {
  readonly #kernels: Kernels;
  readonly #features: ListeningStream;
  readonly #loudness: LoudnessMeter;
  readonly #truePeak: TruePeakMeter;
  readonly #level: LevelMeter;
  readonly #fft: RealFft;
  readonly #reels: ReelListener;

  /** @throws DspError 'invalid-parameter' on options out of range, 'out-of-memory' when the kernels' memory is full */
  constructor(kernels: Kernels, { sampleRate, channels, speakers, reels = USUAL_REELS }: TrackListenerOptions) {
    this.#kernels = kernels;
    this.#loudness = new LoudnessMeter(kernels, { sampleRate, channels, speakers });
    this.#truePeak = new TruePeakMeter(kernels, { sampleRate, channels });
    this.#level = new LevelMeter(kernels, { channels });
    this.#features = new ListeningStream(kernels, { sampleRate, channels });
    this.#fft = new RealFft(kernels, TEMPOGRAM_FFT_SIZE);
    this.#reels = new ReelListener(kernels, this.#features, this.#fft, reels);
  }

  /**
   * Takes the next samples, which it leaves as they are.
   * @throws DspError 'invalid-parameter' on another number of channels, or when a sample is not finite; the listener has
   * to be reset then
   */
  push(block: SampleBlock): void {
    this.#loudness.process(block);
    this.#truePeak.process(block);
    this.#level.process(block);
    this.#features.process(block);
    this.#reels.listen();
  }

  /** What was heard since the start or the last `finish` or `reset`; the listener is ready for the next track then. */
  finish(): TrackAnalysis {
    return this.#conclude().analysis;
  }

  /** As `finish`, with the curves that the answers rest on, for pictures. */
  finishWithEvidence(): { readonly analysis: TrackAnalysis; readonly evidence: TrackEvidence } {
    const { analysis, features, reels } = this.#conclude();
    const evidence = reels.length > 0 ? evidenceOfReels(reels) : evidenceOf(this.#kernels, features, analysis);
    return { analysis, evidence };
  }

  #conclude(): Recorded & { readonly analysis: TrackAnalysis } {
    const loudness = this.#loudness.result();
    const truePeak = this.#truePeak.result();
    const level = this.#level.result();
    const channelLevels = this.#level.channelLevels();
    const { features, reels } = this.#reels.finish();
    this.reset();
    const { frameRate } = features;
    const last = reels.at(-1);
    const frames = last ? frameCount(last) : features.frames;
    const { loudShares, monoPower, ...heard } =
      reels.length > 0
        ? joinReels(reels, loudness, { frames, frameRate })
        : analyseFeatures(this.#kernels, features, loudness, this.#fft);
    const seconds = features.startSeconds + frames / frameRate;
    const remarks = remarksOn({
      ...{ seconds, sampleRate: this.#features.sampleRate, monoPower, loudness, truePeak, level, channelLevels },
      ...{ tempo: heard.tempo, key: heard.key },
      reels: { count: reels.length, longestWholeSeconds: this.#reels.longestWholeSeconds },
    });
    const analysis = { ...heard, loudness: loudnessAnalysis(loudness, truePeak, level, loudShares), ...remarks };
    return { analysis, features, reels };
  }

  /** Forgets all samples. */
  reset(): void {
    this.#reels.reset();
    this.#loudness.reset();
    this.#truePeak.reset();
    this.#level.reset();
  }
}

/**
 * Analyses a decoded track at once. The kernels' memory is as it was afterwards.
 * @throws DspError as `TrackListener`
 */
export function analyseClip(kernels: Kernels, clip: Clip): TrackAnalysis {
  const mark = kernels.mark();
  try {
    const channels = clip.channels.length;
    const listener = new TrackListener(kernels, { sampleRate: clip.sampleRate, channels });
    const block = new SampleBlock(kernels, channels, BLOCK_FRAMES);
    const frames = clipFrames(clip);
    for (let offset = 0; offset < frames; offset += BLOCK_FRAMES) {
      block.write(clip.channels, offset, Math.min(BLOCK_FRAMES, frames - offset));
      listener.push(block);
    }
    return listener.finish();
  } finally {
    kernels.release(mark);
  }
}

function analyseFeatures(kernels: Kernels, features: Features, loudness: Loudness, fft: RealFft): HeardSound {
  const seconds = features.frames / features.frameRate;
  const measured = {
    energy: analyseEnergy(kernels, features, loudness),
    loudShares: loudShares(kernels, features, LOUDNESS_HOP_SECONDS),
    monoPower: monoPower(features, 0, features.frames),
  };
  if (seconds < SHORTEST_SECONDS) {
    const timbre = analyseTimbre(kernels, features, false);
    return {
      tempo: NO_TEMPO,
      key: NO_KEY,
      structure: NO_STRUCTURE,
      timbre,
      embedding: null,
      fingerprint: null,
      ...measured,
    };
  }
  const music = analyseMusic(kernels, features, fft);
  const timbre = analyseTimbre(kernels, features, music.tempo.kind !== 'none');
  const embedding = embed(kernels, features, { tempo: music.tempo, key: music.key, timbre });
  return { ...music, timbre, embedding, fingerprint: fingerprintOf(features), ...measured };
}
