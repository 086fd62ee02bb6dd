/** A predictor and what it leaves over from sample `order` on. */
export interface PredictionTwin {
  readonly order: number;
  readonly residual: readonly number[];
  /** Bits besides warm-up samples and residual. */
  readonly extraBits: number;
  /** Of linear prediction. */
  readonly quantised?: { readonly coefficients: readonly number[]; readonly precision: number; readonly shift: number };
}

const MAXIMUM_ORDER = 8;

function differences(samples: readonly number[], order: number): number[] {
  let values = [...samples];
  for (let i = 0; i < order; i++) values = values.slice(1).map((value, n) => value - values[n]!);
  return values;
}

/** The fixed predictor (RFC 9639, 9.2.5) with the smallest sum of magnitudes from the fifth sample on. */
export function bestFixed(samples: readonly number[]): PredictionTwin {
  let order = 0;
  if (samples.length >= 8) {
    const sums = [0, 1, 2, 3, 4].map((k) =>
      differences(samples, k)
        .slice(4 - k)
        .reduce((sum, value) => sum + Math.abs(value), 0),
    );
    order = sums.indexOf(Math.min(...sums));
  }
  return { order, residual: differences(samples, order), extraBits: 0 };
}

/** Coefficients of every order and the error that each leaves (Levinson and Durbin); stops where nothing is left. */
function levinson(correlation: readonly number[]): { coefficients: number[]; error: number }[] {
  const rows: { coefficients: number[]; error: number }[] = [];
  let before: number[] = [];
  let error = correlation[0]!;
  for (let order = 1; order <= MAXIMUM_ORDER; order++) {
    let sum = correlation[order]!;
    for (const [i, c] of before.entries()) sum -= c * correlation[order - 1 - i]!;
    const reflection = sum / error;
    before = [...before.map((c, i) => c - reflection * before[order - 2 - i]!), reflection];
    error *= 1 - reflection * reflection;
    if (!(error > 0)) break;
    rows.push({ coefficients: before, error });
  }
  return rows;
}

/** Integers of `precision` bits, each carrying on the error of the one before, and their common shift. */
function quantise(coefficients: readonly number[], precision: number) {
  const largest = Math.max(...coefficients.map(Math.abs));
  const shift = Math.min(precision - 2 - Math.floor(Math.log2(largest)), 15);
  if (!(largest > 0) || shift < 0) return undefined;
  let carried = 0;
  const integers = coefficients.map((c) => {
    const exact = c * 2 ** shift + carried;
    const floor = Math.floor(exact);
    const even = exact - floor === 0.5 ? floor + (Math.abs(floor) % 2) : Math.round(exact);
    const rounded = Math.min(Math.max(even, -(2 ** (precision - 1))), 2 ** (precision - 1) - 1);
    carried = exact - rounded;
    return rounded;
  });
  return { coefficients: integers, precision, shift };
}

/** Linear prediction of the order that promises the fewest bits, up to 8; undefined when there is none (9.2.6). */
export function bestLinear(samples: readonly number[], width: number, precision: number): PredictionTwin | undefined {
  const frames = samples.length;
  if (frames <= 4 * MAXIMUM_ORDER) return undefined;
  const half = (frames - 1) / 2;
  // A Welch window.
  const windowed = samples.map((sample, i) => sample * (1 - ((i - half) / (half + 1)) ** 2));
  const correlation = Array.from({ length: MAXIMUM_ORDER + 1 }, (_, lag) => {
    let sum = 0;
    for (let i = lag; i < frames; i++) sum += windowed[i]! * windowed[i - lag]!;
    return sum;
  });
  const costs = levinson(correlation).map(({ coefficients, error }, i) => {
    const perSample = Math.max(0, 0.5 * Math.log2(0.5 * (error / frames) * Math.LN2 ** 2));
    return { coefficients, total: perSample * (frames - i - 1) + (i + 1) * (width + precision) };
  });
  const best = costs.reduce<(typeof costs)[number] | undefined>((a, b) => (a && a.total <= b.total ? a : b), undefined);
  const quantised = best && quantise(best.coefficients, precision);
  if (!quantised) return undefined;
  const order = quantised.coefficients.length;
  const residual = samples.slice(order).map((sample, n) => {
    let sum = 0;
    for (let k = 0; k < order; k++) sum += quantised.coefficients[k]! * samples[n + order - 1 - k]!;
    return sample - Math.floor(sum / 2 ** quantised.shift);
  });
  return { order, residual, extraBits: order * precision + 9, quantised };
}
