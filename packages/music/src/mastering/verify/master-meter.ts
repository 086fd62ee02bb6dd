import { type Kernels, LevelMeter, LoudnessMeter, type SampleBlock, soundPeaks, TruePeakMeter } from '@tutti/dsp';
import type { ChainFormat } from '../chain/stage-processor.ts';
import type { MasterMeasurement } from '../measurement-schema.ts';

/** What the meters say of a finished master; null where nothing is loud enough. */
export type MasterFigures = Pick<
  MasterMeasurement,
  | 'integratedLufs'
  | 'shortTermMaxLufs'
  | 'momentaryMaxLufs'
  | 'rangeLu'
  | 'truePeakDb'
  | 'samplePeakDb'
  | 'rmsDb'
  | 'crestDb'
>;

/** Those figures alone, of a master that was measured as its source was. */
export function masterFigures(measured: MasterFigures): MasterFigures {
  const { integratedLufs, shortTermMaxLufs, momentaryMaxLufs, rangeLu } = measured;
  const { truePeakDb, samplePeakDb, rmsDb, crestDb } = measured;
  return { integratedLufs, shortTermMaxLufs, momentaryMaxLufs, rangeLu, truePeakDb, samplePeakDb, rmsDb, crestDb };
}

/** Listens to a master while it is rendered or when it is read again. */
export class MasterMeter {
  readonly #channels: number;
  readonly #loudness: LoudnessMeter;
  readonly #truePeak: TruePeakMeter;
  readonly #level: LevelMeter;

  /** @throws DspError 'invalid-parameter', 'out-of-memory' */
  constructor(kernels: Kernels, format: ChainFormat) {
    this.#channels = format.channels;
    this.#loudness = new LoudnessMeter(kernels, format);
    this.#truePeak = new TruePeakMeter(kernels, format);
    this.#level = new LevelMeter(kernels, format);
  }

  /** @throws DspError 'invalid-parameter' on another number of channels, or when a sample is not finite */
  process(block: SampleBlock): void {
    const peaks = soundPeaks(block, this.#channels);
    this.#loudness.process(block, peaks);
    this.#truePeak.process(block);
    this.#level.process(block, peaks);
  }

  result(): MasterFigures {
    const { integratedLufs, shortTermMaxLufs, momentaryMaxLufs, rangeLu } = this.#loudness.result();
    const { samplePeak, rms, crestDb } = this.#level.result();
    const decibels = (amplitude: number) => (amplitude > 0 ? 20 * Math.log10(amplitude) : null);
    return {
      ...{ integratedLufs, shortTermMaxLufs, momentaryMaxLufs, rangeLu },
      truePeakDb: this.#truePeak.result().peakDb,
      samplePeakDb: decibels(samplePeak),
      rmsDb: decibels(rms),
      crestDb,
    };
  }
}
