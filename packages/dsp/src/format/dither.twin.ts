/** Threshold of hearing in quiet, dB, after Terhardt. */
export function thresholdTwin(frequencyHz: number): number {
  const f = Math.max(frequencyHz, 20) / 1000;
  return 3.64 * f ** -0.8 - 6.5 * Math.exp(-0.6 * (f - 3.3) ** 2) + 0.001 * f ** 4;
}

/** The filter by its normal equations, solved by elimination: a1 to a9. */
export function shaperTwin(sampleRate: number): number[] {
  const order = 9;
  const points = 2048;
  const hz = (i: number) => ((i + 0.5) * sampleRate) / 2 / points;
  const thresholds = Array.from({ length: points }, (_, i) => thresholdTwin(hz(i)));
  const lowest = Math.min(...thresholds);
  const r = Array.from({ length: order + 1 }, (_, lag) =>
    thresholds.reduce(
      (sum, db, i) => sum + 10 ** (-Math.min(db - lowest, 30) / 10) * Math.cos((Math.PI * (i + 0.5) * lag) / points),
      0,
    ),
  );
  const rows = Array.from({ length: order }, (_, i) => [
    ...Array.from({ length: order }, (_, j) => r[Math.abs(i - j)]!),
    -r[i + 1]!,
  ]);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j < order; j++) {
      if (i === j) continue;
      const factor = rows[j]![i]! / rows[i]![i]!;
      rows[j] = rows[j]!.map((value, k) => value - factor * rows[i]![k]!);
    }
  }
  return rows.map((row, i) => row[order]! / row[i]!);
}

/** Half to even. */
function roundTwin(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/**
 * Plain form of `Dither` for one channel.
 * @param channel its number, which decides the noise
 * @param coefficients none for triangular dither
 */
export function ditherTwin(
  samples: ArrayLike<number>,
  bits: number,
  seed: number,
  channel: number,
  coefficients: readonly number[],
): Float64Array {
  const steps = 2 ** (bits - 1);
  let generator = (seed + Math.imul(0x9e37_79b9, channel)) >>> 0 || 1;
  const draw = () => {
    generator = (generator ^ (generator << 13)) >>> 0;
    generator = (generator ^ (generator >>> 17)) >>> 0;
    generator = (generator ^ (generator << 5)) >>> 0;
    return ((generator >>> 16) - (generator & 0xffff)) / 65_536;
  };
  for (let i = 0; i < 16; i++) draw();
  const errors: number[] = [];
  let silence = 0;
  return Float64Array.from({ length: samples.length }, (_, i) => {
    let wanted = samples[i]! * steps;
    for (let k = coefficients.length; k > 0; k--) wanted += coefficients[k - 1]! * (errors[i - k] ?? 0);
    const rounded = roundTwin(wanted + draw());
    silence = samples[i] === 0 ? silence + 1 : 0;
    errors.push(silence > 1024 ? 0 : rounded - wanted);
    return silence > 1024 ? 0 : Math.min(Math.max(rounded, -steps), steps - 1) / steps;
  });
}
