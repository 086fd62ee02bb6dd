// The signals of EBU Tech 3341 (v4, 2023), table 1, and EBU Tech 3342 (v4, 2023), table 1, that can be made from their
// description. Cases 7 and 8 of Tech 3341 (5 and 6 of Tech 3342) are programmes that the EBU recorded. Cases 20 to 23 are
// short bursts, made at four times the rate and decimated from four places; here a band-limited pulse stands for them,
// whose peak is known in closed form wherever between two samples it falls.
import type { Expectation, LoudnessSignal, ToneSegment } from './signal.ts';

const SAMPLE_RATE = 48_000;

type Level = number | null | readonly number[];
/** Seconds and dBFS of a tone of 1 kHz. */
type Step = readonly [seconds: number, levelDb: Level];

function tone([seconds, levelDb]: Step): ToneSegment {
  return { seconds, frequencyHz: 1000, levelDb };
}

function reads(figure: Expectation['figure'], value: number, tolerance = 0.1): Expectation {
  return { figure, value, above: tolerance, below: tolerance };
}

function tones(
  id: string,
  about: string,
  steps: readonly Step[],
  expected: readonly Expectation[],
  { repeat = 1, channels = 2 } = {},
): LoudnessSignal {
  return {
    ...{ id, about, sampleRate: SAMPLE_RATE, channels },
    sound: { segments: steps.map(tone), repeat },
    expected,
  };
}

/** A sine whose peak is between samples, and what a true-peak meter may read. */
function peakTone(id: string, divisor: number, amplitude: number, phase: number, value: number): LoudnessSignal {
  return {
    id,
    about: `sine of 1/${divisor} of the sample rate, amplitude ${amplitude}, ${phase} degrees`,
    sampleRate: SAMPLE_RATE,
    channels: 2,
    sound: {
      segments: [
        {
          seconds: 1,
          frequencyHz: SAMPLE_RATE / divisor,
          levelDb: 20 * Math.log10(amplitude),
          phase,
          fadeSeconds: 0.05,
        },
      ],
      repeat: 1,
    },
    expected: [{ figure: 'truePeakDb', value, above: 0.2, below: 0.4 }],
  };
}

const STEPS = Array.from({ length: 20 }, (_, step) => step);

/** Tones that rise by 1 dB a step from -38 dBFS, each after a longer silence than the one before, up to `count` of them. */
function stairs(count: number, silence: number, seconds: number): Step[] {
  return STEPS.slice(0, count).flatMap((step): Step[] => [
    [silence * (step + 1), null],
    [seconds, -38 + step],
    [1, null],
  ]);
}

export const EBU_SIGNALS: readonly LoudnessSignal[] = [
  ...[-23, -33].map((level, i) =>
    tones(
      `3341-${i + 1}`,
      `${level} dBFS`,
      [[20, level]],
      [
        reads('integratedLufs', level),
        reads('shortTermMaxLufs', level),
        reads('momentaryMaxLufs', level),
        reads('everyShortTermLufs', level),
        reads('everyMomentaryLufs', level),
      ],
    ),
  ),
  tones(
    '3341-3',
    'relative gate',
    [
      [10, -36],
      [60, -23],
      [10, -36],
    ],
    [reads('integratedLufs', -23)],
  ),
  tones(
    '3341-4',
    'both gates',
    [
      [10, -72],
      [10, -36],
      [60, -23],
      [10, -36],
      [10, -72],
    ],
    [reads('integratedLufs', -23)],
  ),
  tones(
    '3341-5',
    'loud middle',
    [
      [20, -26],
      [20.1, -20],
      [20, -26],
    ],
    [reads('integratedLufs', -23)],
  ),
  tones('3341-6', 'five channels', [[20, [-28, -28, -24, -30, -30]]], [reads('integratedLufs', -23)], { channels: 5 }),
  tones(
    '3341-9',
    '3 s in two levels',
    [
      [1.34, -20],
      [1.66, -30],
    ],
    [reads('everyShortTermLufs', -23)],
    { repeat: 5 },
  ),
  ...STEPS.map((file) =>
    tones(
      `3341-10-${file + 1}`,
      `3 s after ${(0.15 * file).toFixed(2)} s`,
      [
        [0.15 * file, null],
        [3, -23],
        [1, null],
      ],
      [reads('shortTermMaxLufs', -23)],
    ),
  ),
  ...[1, 7, 20].map((count) =>
    tones(`3341-11-${count}`, `maximum of 3 s after ${count} steps`, stairs(count, 0.15, 3), [
      reads('shortTermMaxLufs', -39 + count),
    ]),
  ),
  tones(
    '3341-12',
    '0.4 s in two levels',
    [
      [0.18, -20],
      [0.22, -30],
    ],
    [reads('everyMomentaryLufs', -23)],
    { repeat: 25 },
  ),
  ...STEPS.map((file) =>
    tones(
      `3341-13-${file + 1}`,
      `0.4 s after ${(0.02 * file).toFixed(2)} s`,
      [
        [0.02 * file, null],
        [0.4, -23],
        [1, null],
      ],
      [reads('momentaryMaxLufs', -23)],
    ),
  ),
  ...[1, 5, 13, 20].map((count) =>
    tones(`3341-14-${count}`, `maximum of 0.4 s after ${count} steps`, stairs(count, 0.02, 0.4), [
      reads('momentaryMaxLufs', -39 + count),
    ]),
  ),
  peakTone('3341-15', 4, 0.5, 0, -6),
  peakTone('3341-16', 4, 0.5, 45, -6),
  peakTone('3341-17', 6, 0.5, 60, -6),
  peakTone('3341-18', 8, 0.5, 67.5, -6),
  peakTone('3341-19', 4, 1.41, 45, 3),
  ...[0, 0.25, 0.5, 0.75].map(
    (offset, i): LoudnessSignal => ({
      id: `3341-${20 + i}-pulse`,
      about: `pulse of amplitude 1, its peak ${offset} of a sample off the grid`,
      sampleRate: SAMPLE_RATE,
      channels: 2,
      sound: { pulse: { seconds: 0.5, amplitude: 1, bandwidth: 0.7, offset, halfWidth: 400 } },
      expected: [{ figure: 'truePeakDb', value: 0, above: 0.2, below: 0.4 }],
    }),
  ),
  tones(
    '3342-1',
    '-20, -30 dBFS',
    [
      [20, -20],
      [20, -30],
    ],
    [reads('rangeLu', 10, 1)],
  ),
  tones(
    '3342-2',
    '-20, -15 dBFS',
    [
      [20, -20],
      [20, -15],
    ],
    [reads('rangeLu', 5, 1)],
  ),
  tones(
    '3342-3',
    '-40, -20 dBFS',
    [
      [20, -40],
      [20, -20],
    ],
    [reads('rangeLu', 20, 1)],
  ),
  tones(
    '3342-4',
    '-50 to -20 dBFS and back',
    [
      [20, -50],
      [20, -35],
      [20, -20],
      [20, -35],
      [20, -50],
    ],
    [reads('rangeLu', 15, 1)],
  ),
];
