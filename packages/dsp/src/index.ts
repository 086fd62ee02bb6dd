export type { KernelBenchmark } from './benchmark.ts';
export { SampleBlock } from './block.ts';
export { type Clip, clipFrames, clipSeconds } from './clip.ts';
export { DspError, type DspErrorKind } from './errors.ts';
export { compileKernels, Kernels } from './kernels.ts';
export { mixInto } from './mix/gain-ramp.ts';
export { RealFft } from './transform/real-fft.ts';
