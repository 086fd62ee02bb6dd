import type { Kernels, SampleBlock } from '@tutti/dsp';
import { MasteringError } from '../mastering-error.ts';
import type { MasterStage, StageKind } from '../stage-schemas.ts';
import { makeStage, type RunningStage } from './make-stage.ts';
import type { ChainFormat } from './stage-processor.ts';

export interface MasterChainOptions extends ChainFormat {
  /** In the order of the chain, as a plan has them. */
  readonly stages: readonly MasterStage[];
}

/**
 * The stages of a plan as one stream processor, in place: what a render runs, and what an AudioWorklet runs in blocks of
 * 128 frames while somebody turns the knobs. Blocks of any size give the same samples, bit by bit. A chain of no stages
 * leaves every sample as it is. State is allocated when it is made, and processing allocates nothing.
 */
export class MasterChain {
  /** Frames by which what comes out is behind what goes in: that of all stages, known from the beginning. */
  readonly latencyFrames: number;
  readonly #stages: readonly RunningStage[];

  /** @throws MasteringError, DspError 'invalid-parameter', 'out-of-memory' */
  constructor(kernels: Kernels, { stages, ...format }: MasterChainOptions) {
    this.#stages = stages.map((stage) => makeStage(kernels, format, stage));
    this.latencyFrames = this.#stages.reduce((sum, { latencyFrames }) => sum + latencyFrames, 0);
  }

  /**
   * @throws DspError 'invalid-parameter' on another number of channels, or when a sample is not finite (of a chain that has
   *   stages)
   */
  process(block: SampleBlock): void {
    for (const stage of this.#stages) stage.process(block);
  }

  /**
   * Glides to the parameters of other stages of the same kinds in the same order, without a click. What would change the
   * latency or the number of filters cannot change while the chain runs.
   * @throws MasteringError 'invalid-option', DspError 'invalid-parameter'
   */
  set(stages: readonly MasterStage[]): void {
    const kinds = (list: readonly { readonly kind: StageKind }[]) => list.map(({ kind }) => kind).join(', ');
    if (kinds(stages) !== kinds(this.#stages))
      throw new MasteringError(
        'invalid-option',
        `the chain has the stages ${kinds(this.#stages) || '(none)'}; it cannot become ${kinds(stages) || '(none)'} while it runs`,
      );
    this.#stages.forEach((stage, index) => {
      stage.set(stages[index]!);
    });
  }

  /** Forgets what was heard; parameters that were on their way arrive. */
  reset(): void {
    for (const stage of this.#stages) stage.reset();
  }

  /** The most that a stage changed the gain since this was asked last, dB; 0 for one that is not there. */
  gainReductionDb(kind: StageKind): number {
    return this.#stages.find((stage) => stage.kind === kind)?.gainReductionDb?.() ?? 0;
  }
}
