/** Coefficients of the alias reduction (ISO/IEC 11172-3, table B.9). */
const ALIAS = [-0.6, -0.535, -0.33, -0.185, -0.095, -0.041, -0.0142, -0.0037];

/** Butterflies between subbands, in place, over the first `borders` borders (2.4.3.4.10.1). */
export function reduceAliasTwin(lines: Float64Array, borders: number): void {
  for (let border = 1; border <= borders; border++) {
    for (const [i, c] of ALIAS.entries()) {
      const [cs, ca] = [1 / Math.sqrt(1 + c * c), c / Math.sqrt(1 + c * c)];
      const [upper, lower] = [18 * border - 1 - i, 18 * border + i];
      const [u, l] = [lines[upper]!, lines[lower]!];
      lines[upper] = u * cs - l * ca;
      lines[lower] = l * cs + u * ca;
    }
  }
}

const COSINES = new Map(
  [12, 36].map((n) => [
    n,
    Array.from({ length: n }, (_, i) =>
      Float64Array.from({ length: n / 2 }, (_, k) => Math.cos((Math.PI / (2 * n)) * (2 * i + 1 + n / 2) * (2 * k + 1))),
    ),
  ]),
);

/** x[i] = Σ X[k] cos(π / (2n) (2i + 1 + n/2) (2k + 1)) for n = 12 or 36 (2.4.3.4.10.2). */
export function inverseMdctTwin(spectrum: ArrayLike<number>, n: 12 | 36): number[] {
  return COSINES.get(n)!.map((row) => {
    let sum = 0;
    for (let k = 0; k < n / 2; k++) sum += row[k]! * spectrum[k]!;
    return sum;
  });
}

/** The windows of block types 0, 1 and 3 of 36 samples, and type 2 of 12 (2.4.3.4.10.3). */
export const HYBRID_WINDOWS: readonly (readonly number[])[] = [0, 1, 2, 3].map((type) =>
  Array.from({ length: type === 2 ? 12 : 36 }, (_, i) => {
    const long = Math.sin((Math.PI / 36) * (i + 0.5));
    const short = (at: number) => Math.sin((Math.PI / 12) * (at + 0.5));
    if (type === 0) return long;
    if (type === 1) return i < 18 ? long : i < 24 ? 1 : i < 30 ? short(i - 18) : 0;
    if (type === 2) return short(i);
    return i < 6 ? 0 : i < 12 ? short(i - 6) : i < 18 ? 1 : long;
  }),
);

/** 36 windowed outputs of one subband's 18 lines. */
function transformSubband(lines: Float64Array, type: number): number[] {
  const window = HYBRID_WINDOWS[type]!;
  if (type !== 2) return inverseMdctTwin(lines, 36).map((x, i) => x * window[i]!);
  const out = Array.from({ length: 36 }, () => 0);
  for (let w = 0; w < 3; w++) {
    const short = inverseMdctTwin(
      [0, 1, 2, 3, 4, 5].map((k) => lines[3 * k + w]!),
      12,
    );
    for (const [i, x] of short.entries()) out[6 + 6 * w + i]! += x * window[i]!;
  }
  return out;
}

/**
 * Lines of a granule, alias reduced, to 18 slots of 32 subband samples. `overlap` (32 × 18) holds what the granule
 * before left, and then what this one leaves (2.4.3.4.10.4 and 5).
 */
export function hybridTwin(
  lines: Float64Array,
  typeOf: (subband: number) => number,
  overlap: Float64Array,
): Float64Array[] {
  const slots = Array.from({ length: 18 }, () => new Float64Array(32));
  for (let subband = 0; subband < 32; subband++) {
    const out = transformSubband(lines.subarray(18 * subband, 18 * subband + 18), typeOf(subband));
    for (let i = 0; i < 18; i++) {
      const inverted = i % 2 === 1 && subband % 2 === 1 ? -1 : 1;
      slots[i]![subband] = inverted * (out[i]! + overlap[18 * subband + i]!);
      overlap[18 * subband + i] = out[18 + i]!;
    }
  }
  return slots;
}
