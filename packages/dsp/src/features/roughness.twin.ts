import type { RoughnessOptions } from './roughness.ts';

/** Of two partials of the same strength, after Sethares, scaled to 1 where it is largest. */
export function roughnessTwin(lowerHz: number, higherHz: number): number {
  const [slow, fast] = [3.5, 5.75];
  const difference = (x: number) => Math.exp(-slow * x) - Math.exp(-fast * x);
  const x = (0.24 * (higherHz - lowerHz)) / (0.0207 * lowerHz + 18.96);
  return difference(x) / difference(Math.log(fast / slow) / (fast - slow));
}

interface Peak {
  readonly hertz: number;
  readonly amplitude: number;
}

/** The definition, plainly, of one frame. */
export function frameRoughnessTwin(frame: Float32Array, options: RoughnessOptions): number {
  const peaks = peaksOf(frame, options);
  const sum = peaks.reduce((total, { amplitude }) => total + amplitude, 0);
  let rough = 0;
  for (const one of peaks) {
    for (const other of peaks) {
      const [lower, higher] = [Math.min(one.hertz, other.hertz), Math.max(one.hertz, other.hertz)];
      rough += one.amplitude * other.amplitude * roughnessTwin(lower, higher);
    }
  }
  return sum > 0 ? rough / (sum * sum) : 0;
}

function peaksOf(frame: Float32Array, { lowestHz, binsPerOctave, mostPeaks, quietest }: RoughnessOptions): Peak[] {
  const maxima = Array.from(frame.keys()).filter((bin) => {
    const [before, here, after] = [frame[bin - 1], frame[bin]!, frame[bin + 1]];
    return before !== undefined && after !== undefined && here > 0 && here >= before && here > after;
  });
  maxima.sort((a, b) => frame[b]! - frame[a]!);
  const loudest = maxima.slice(0, mostPeaks).filter((bin) => frame[bin]! > quietest * frame[maxima[0]!]!);
  return loudest.map((bin) => {
    const amplitude = frame[bin]!;
    const [before, after] = [frame[bin - 1]!, frame[bin + 1]!].map((value) =>
      Math.log(Math.max(value / amplitude, 1e-6)),
    );
    const curvature = before! + after!;
    const place = bin + (curvature < 0 ? (before! - after!) / (2 * curvature) : 0);
    return { hertz: lowestHz * 2 ** (place / binsPerOctave), amplitude };
  });
}
