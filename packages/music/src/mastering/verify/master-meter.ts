import { type Kernels, LevelMeter, LoudnessMeter, type SampleBlock, TruePeakMeter } from '@tutti/dsp';
import type { ChainFormat } from '../chain/stage-processor.ts';

/** What the meters say of a finished master; null where nothing is loud enough. */
export interface MasterFigures {
  readonly integratedLufs: number | null;
  readonly shortTermMaxLufs: number | null;
  readonly momentaryMaxLufs: number | null;
  readonly rangeLu: number | null;
  readonly truePeakDb: number | null;
  readonly samplePeakDb: number | null;
  readonly rmsDb: number | null;
  readonly crestDb: number | null;
  /** Short-term loudness, LUFS, ten values a second; value i is that of the 3 s from 0.1 i s on. */
  readonly shortTerm: Float32Array;
}

/** Listens to a master while it is rendered or when it is read again. */
export class MasterMeter {
  readonly #loudness: LoudnessMeter;
  readonly #truePeak: TruePeakMeter;
  readonly #level: LevelMeter;

  /** @throws DspError 'invalid-parameter', 'out-of-memory' */
  constructor(kernels: Kernels, format: ChainFormat) {
    this.#loudness = new LoudnessMeter(kernels, format);
    this.#truePeak = new TruePeakMeter(kernels, format);
    this.#level = new LevelMeter(kernels, format);
  }

  /** @throws DspError 'invalid-parameter' on another number of channels, or when a sample is not finite */
  process(block: SampleBlock): void {
    this.#loudness.process(block);
    this.#truePeak.process(block);
    this.#level.process(block);
  }

  result(): MasterFigures {
    const { integratedLufs, shortTermMaxLufs, momentaryMaxLufs, rangeLu, shortTerm } = this.#loudness.result();
    const { samplePeak, rms, crestDb } = this.#level.result();
    const decibels = (amplitude: number) => (amplitude > 0 ? 20 * Math.log10(amplitude) : null);
    return {
      ...{ integratedLufs, shortTermMaxLufs, momentaryMaxLufs, rangeLu },
      truePeakDb: this.#truePeak.result().peakDb,
      samplePeakDb: decibels(samplePeak),
      rmsDb: decibels(rms),
      ...{ crestDb, shortTerm },
    };
  }
}
