// The one WASM module: every kernel's exports, gathered.
export * from './memory/arena';
export * from './mix/gain-ramp';
export { fftCreate, fftForward, fftInverse } from './transform/fft';
