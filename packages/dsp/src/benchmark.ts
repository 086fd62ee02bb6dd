import type { Kernels } from './kernels.ts';

/**
 * A kernel beside its plain float64 twin over the same input. A file `NAME.bench.ts` exports an array `benchmarks` of
 * these; `npm run bench` runs kernel and twin in turn and prints the real-time factor and the ratio.
 */
export interface KernelBenchmark {
  readonly name: string;
  /** Seconds of audio (stereo 44.1 kHz unless the name says otherwise) that one call of `kernel` or `twin` handles. */
  readonly audioSeconds: number;
  readonly kernel: () => void;
  readonly twin: () => void;
}

/**
 * A work that is done in stages, on one piece of audio. A file `NAME.bench.ts` exports it as `stagedWork`; `npm run bench`
 * prints the share of each stage in the whole.
 */
export interface StagedWork {
  readonly name: string;
  /** Seconds of stereo audio that one call of each function handles. */
  readonly audioSeconds: number;
  /** The instance that `whole` works in. */
  readonly kernels: Kernels;
  readonly whole: () => void;
  readonly stages: readonly { readonly name: string; readonly run: () => void }[];
}
