import { type Kernels, LoudnessMeter, type SampleBlock } from '@tutti/dsp';
import { MasterMeter } from '../../mastering/verify/master-meter.ts';
import { togetherLufs } from '../plan/stem-levels.ts';
import type { BalancePlan } from '../plan-schema.ts';

/** A mix as it was measured. */
export interface BalanceFigures {
  readonly integratedLufs: number | null;
  readonly shortTermMaxLufs: number | null;
  readonly rangeLu: number | null;
  readonly truePeakDb: number | null;
  readonly crestDb: number | null;
  readonly stems: readonly {
    readonly name: string;
    /** As it goes into the sum; null for what is muted or not loud enough. */
    readonly integratedLufs: number | null;
    /** Against all stems together, LU. */
    readonly relativeLu: number | null;
  }[];
}

/** Listens to a mix and to its stems while it is rendered. */
export class BalanceMeter {
  readonly #plan: BalancePlan;
  readonly #mix: MasterMeter;
  readonly #stems: readonly (LoudnessMeter | null)[];

  /** @throws DspError 'invalid-parameter', 'out-of-memory' */
  constructor(kernels: Kernels, plan: BalancePlan) {
    const format = { sampleRate: plan.output.sampleRate, channels: 2 };
    this.#plan = plan;
    this.#mix = new MasterMeter(kernels, format);
    this.#stems = plan.stems.map(({ muted }) => (muted ? null : new LoudnessMeter(kernels, format)));
  }

  /** A piece of a stem, as `onStem` of the render tells it. */
  stem(index: number, piece: SampleBlock): void {
    this.#stems[index]?.process(piece);
  }

  /** A block of the mix. */
  process(block: SampleBlock): void {
    this.#mix.process(block);
  }

  result(): BalanceFigures {
    const { integratedLufs, shortTermMaxLufs, rangeLu, truePeakDb, crestDb } = this.#mix.result();
    const stems = this.#stems.map((meter) => meter?.result().integratedLufs ?? null);
    const together = togetherLufs(stems.filter((lufs) => lufs !== null));
    return {
      ...{ integratedLufs, shortTermMaxLufs, rangeLu, truePeakDb, crestDb },
      stems: stems.map((lufs, i) => ({
        name: this.#plan.stems[i]!.name,
        integratedLufs: lufs,
        relativeLu: lufs === null ? null : lufs - together,
      })),
    };
  }
}
