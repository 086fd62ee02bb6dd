/** Amplitude of a sinusoid of the given frequency in a signal, through a Hann window: its Fourier transform at one point. */
export function amplitudeAt(samples: Float32Array, frequencyHz: number, sampleRate: number): number {
  let real = 0;
  let imaginary = 0;
  for (const [i, sample] of samples.entries()) {
    const window = 1 - Math.cos((2 * Math.PI * i) / samples.length);
    const angle = (2 * Math.PI * frequencyHz * i) / sampleRate;
    real += window * sample * Math.cos(angle);
    imaginary += window * sample * Math.sin(angle);
  }
  return (2 * Math.hypot(real, imaginary)) / samples.length;
}
