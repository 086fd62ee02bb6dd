import type { SampleBlock } from '@tutti/dsp';
import type { MasterStage } from '../stage-schemas.ts';

/** One stage of a chain at work. */
export interface StageProcessor<S extends MasterStage = MasterStage> {
  /** Frames by which what comes out is behind what goes in. */
  readonly latencyFrames: number;
  /** In place. */
  process(block: SampleBlock): void;
  /** Glides to the parameters of a stage of the same kind. @throws MasteringError on what cannot change while it runs */
  set(stage: S): void;
  /** Forgets what was heard; parameters that were on their way arrive. */
  reset(): void;
  /** The most that the gain was changed since this was asked last, dB; of stages that follow the level. */
  gainReductionDb?(): number;
}

export interface ChainFormat {
  /** Hz, 8000 to 192000 */
  readonly sampleRate: number;
  /** 1 or 2 */
  readonly channels: number;
}
