/** Length of one period; the tables hold one sample more, a copy of the first, for interpolation. */
export const TABLE_SIZE = 4096;

/** Amplitude of the n-th harmonic (n from 1) of each wave, sines without offset. */
const HARMONICS = {
  sine: (n: number) => (n === 1 ? 1 : 0),
  saw: (n: number) => (2 / Math.PI) * (n % 2 === 0 ? -1 / n : 1 / n),
  square: (n: number) => (n % 2 === 1 ? 4 / (Math.PI * n) : 0),
  triangle: (n: number) => (n % 2 === 1 ? (((n - 1) / 2) % 2 === 0 ? 1 : -1) * (8 / (Math.PI * n) ** 2) : 0),
  /** A quarter of the period high. */
  pulse: (n: number) => (3 / (Math.PI * n)) * Math.sin(Math.PI * n * 0.25) * Math.SQRT1_2 * 2,
  /** Drawbars 8', 4', 2 2/3', 2', 1 3/5', 1'. */
  organ: (n: number) => ({ 1: 0.6, 2: 0.42, 3: 0.28, 4: 0.22, 5: 0.06, 8: 0.1 })[n] ?? 0,
  /** A soft wind: few harmonics that fall quickly. */
  flute: (n: number) => (n <= 6 ? 0.8 * 0.32 ** (n - 1) * (n % 2 === 0 ? 1.4 : 1) : 0),
  /** Odd harmonics with a gentle fall, as a clarinet's low register. */
  reed: (n: number) => (n > 24 ? 0 : n % 2 === 1 ? 0.75 / n ** 1.15 : 0.08 / n),
} satisfies Record<string, (harmonic: number) => number>;

export type WaveName = keyof typeof HARMONICS;

/** Numbers of harmonics of the tables, half an octave apart: a table is chosen so that none passes half the sample rate. */
const HARMONIC_COUNTS = [1, 2, 3, 4, 6, 8, 11, 16, 23, 32, 45, 64, 90, 128, 181, 256, 362, 512];

const SINE = Float64Array.from({ length: TABLE_SIZE }, (_, i) => Math.sin((2 * Math.PI * i) / TABLE_SIZE));

const built = new Map<WaveName, Float32Array[]>();

function buildTables(wave: WaveName): Float32Array[] {
  const amplitude = HARMONICS[wave];
  const sum = new Float64Array(TABLE_SIZE);
  let harmonic = 1;
  return HARMONIC_COUNTS.map((count) => {
    for (; harmonic <= count; harmonic++) {
      const level = amplitude(harmonic);
      if (level === 0) continue;
      for (let i = 0; i < TABLE_SIZE; i++) sum[i]! += level * SINE[(harmonic * i) & (TABLE_SIZE - 1)]!;
    }
    const table = new Float32Array(TABLE_SIZE + 1);
    table.set(sum);
    table[TABLE_SIZE] = table[0]!;
    return table;
  });
}

/** One period of a wave with as many harmonics as fit below half the sample rate at this frequency. */
export function wavetable(wave: WaveName, frequencyHz: number, sampleRate: number): Float32Array {
  let tables = built.get(wave);
  if (tables === undefined) {
    tables = buildTables(wave);
    built.set(wave, tables);
  }
  const limit = (0.49 * sampleRate) / frequencyHz;
  let index = 0;
  while (index + 1 < HARMONIC_COUNTS.length && HARMONIC_COUNTS[index + 1]! <= limit) index++;
  return tables[index]!;
}
