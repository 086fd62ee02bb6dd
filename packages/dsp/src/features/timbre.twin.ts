/** One frame of `Features.timbreFrames`, plainly: from the mean power spectrum of its short frames, bin by bin below `topHz`. */
export function timbreTwin(whole: Float64Array, binHz: number, topHz: number, zeroCrossings: number): number[] {
  // One more bin, which is not counted, as the one at half the sample rate is not.
  const power = whole.subarray(0, Math.min(whole.length, Math.ceil(topHz / binHz) + 1));
  const counted = [...power.keys()].slice(0, -1).filter((bin) => bin * binHz >= 30 && bin * binHz <= 16_000);
  const floor = (1e-8 * sum(counted.map((bin) => power[bin]!))) / counted.length;
  if (!(floor > 1e-32)) return new Array<number>(12).fill(0);
  const amplitudes = counted.map((bin) => Math.sqrt(power[bin]!));
  const total = sum(amplitudes);
  const centroid = sum(amplitudes.map((amplitude, i) => amplitude * counted[i]! * binHz)) / total;
  const variance = sum(amplitudes.map((amplitude, i) => amplitude * (counted[i]! * binHz - centroid) ** 2)) / total;
  let below = 0;
  let last = 0;
  while (below + amplitudes[last]! < 0.85 * total) below += amplitudes[last++]!;
  const rolloff = binHz * (counted[last]! - 0.5 + (0.85 * total - below) / amplitudes[last]!);
  return [
    centroid,
    Math.sqrt(variance),
    rolloff,
    flatness(power, binHz, floor),
    zeroCrossings,
    ...contrast(power, binHz, floor),
  ];
}

/** Changes of sign between neighbouring samples, the second of which is one of [start, end); silence outside. */
export function zeroCrossingsTwin(signal: Float64Array, start: number, end: number): number {
  let changes = 0;
  for (let i = start; i < end; i++) {
    if ((signal[i - 1] ?? 0) < 0 !== (signal[i] ?? 0) < 0) changes++;
  }
  return changes;
}

function flatness(power: Float64Array, binHz: number, floor: number): number {
  const first = 4 * Math.ceil(250 / binHz / 4);
  const end = 4 * Math.floor(Math.min(Math.floor(8000 / binHz), power.length - 1) / 4);
  const bins = power.subarray(first, end);
  if (bins.length === 0) return 0;
  const geometric = Math.exp(sum([...bins].map((value) => Math.log(value + floor))) / bins.length);
  return geometric / (sum([...bins]) / bins.length + floor);
}

function contrast(power: Float64Array, binHz: number, floor: number): number[] {
  const size = 4 * Math.max(1, Math.round(172 / binHz / 4));
  const peaks: number[][] = Array.from({ length: 7 }, () => []);
  const valleys: number[][] = Array.from({ length: 7 }, () => []);
  for (let first = 4; first + size <= power.length - 1; first += size) {
    const middle = (first + (size - 1) / 2) * binHz;
    const band = Math.max(0, Math.floor(Math.log2(middle / 200)) + 1);
    peaks[band]?.push(Math.max(...power.subarray(first, first + size)));
    valleys[band]?.push(Math.min(...power.subarray(first, first + size)));
  }
  return peaks.map((values, band) =>
    values.length === 0
      ? 0
      : 10 * Math.log10((sum(values) / values.length + floor) / (sum(valleys[band]!) / values.length + floor)),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
