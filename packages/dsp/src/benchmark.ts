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
