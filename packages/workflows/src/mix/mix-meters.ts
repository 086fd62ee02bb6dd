import { type Kernels, LoudnessMeter, type SampleBlock, TruePeakMeter } from '@tutti/dsp';
import type { ShortTermCurve } from '@tutti/music/mixing';

const SHORT_TERM_SECONDS = 3;

/** Loudness and peak of a whole mix; null for silence. */
export interface MixLoudness {
  readonly integratedLufs: number | null;
  readonly shortTermMaxLufs: number | null;
  readonly rangeLu: number | null;
  readonly truePeakDb: number | null;
}

/** Listens to the mix while it is written. */
export class MixMeters {
  readonly #loudness: LoudnessMeter;
  readonly #truePeak: TruePeakMeter;

  constructor(kernels: Kernels, sampleRate: number) {
    this.#loudness = new LoudnessMeter(kernels, { sampleRate, channels: 2 });
    this.#truePeak = new TruePeakMeter(kernels, { sampleRate, channels: 2 });
  }

  process(block: SampleBlock): void {
    this.#loudness.process(block);
    this.#truePeak.process(block);
  }

  result(): MixLoudness {
    const { integratedLufs, shortTermMaxLufs, rangeLu } = this.#loudness.result();
    return { integratedLufs, shortTermMaxLufs, rangeLu, truePeakDb: this.#truePeak.result().peakDb };
  }

  /** Short-term loudness over the mix; its first window ends when it is full. */
  shortTerm(): ShortTermCurve {
    return { values: this.#loudness.result().shortTerm, firstEndSeconds: SHORT_TERM_SECONDS };
  }
}
