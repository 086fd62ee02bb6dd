import { RealFftTwin } from './real-fft.twin.ts';

/** Spectra of all frames that `Stft` completes in a signal, one after the other. */
export function stftTwin(signal: Float64Array, size: number, hop: number): Float64Array {
  const window = Float64Array.from({ length: size }, (_, i) => Math.sin((Math.PI * i) / size));
  const frames = Math.floor(signal.length / hop);
  const spectra = new Float64Array(frames * (size + 2));
  const fft = new RealFftTwin(size);
  const samples = new Float64Array(size);
  for (let frame = 0; frame < frames; frame++) {
    const start = (frame + 1) * hop - size;
    samples.fill(0);
    for (let i = Math.max(0, -start); i < size; i++) samples[i] = signal[start + i]! * window[i]!;
    fft.forward(samples, spectra.subarray(frame * (size + 2), (frame + 1) * (size + 2)));
  }
  return spectra;
}
