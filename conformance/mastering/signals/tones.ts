import type { Signal } from '../signal.ts';

/** A steady test tone, and how what comes out of it is read. */
export interface Tone {
  readonly name: string;
  readonly kind: 'sine' | 'modulation' | 'difference';
  /** Of its sines, whole Hz, low to high, with their shares of the amplitude. */
  readonly sines: readonly { readonly frequencyHz: number; readonly share: number }[];
}

const sine = (frequencyHz: number): Tone => ({
  name: `sine ${frequencyHz} Hz`,
  kind: 'sine',
  sines: [{ frequencyHz, share: 1 }],
});

/** Sines over the range of music, the mixture of SMPTE RP 120 (4 to 1), and that of the CCIF. */
export const TONES: readonly Tone[] = [
  ...[40, 100, 1000, 5000].map(sine),
  {
    name: '60 Hz + 7 kHz',
    kind: 'modulation',
    sines: [
      { frequencyHz: 60, share: 0.8 },
      { frequencyHz: 7000, share: 0.2 },
    ],
  },
  {
    name: '19 + 20 kHz',
    kind: 'difference',
    sines: [
      { frequencyHz: 19_000, share: 0.5 },
      { frequencyHz: 20_000, share: 0.5 },
    ],
  },
];

const SAMPLE_RATE = 48_000;
const SECONDS = 12;
const FADE_SECONDS = 0.05;
/** The second that is read: the gain has settled, and nothing of the end is near. */
export const READ_FROM_SECONDS = 6;

/** @param amplitude of the largest value that the sum can have */
export function synthesiseTone({ sines }: Tone, amplitude: number): Signal {
  const samples = Float64Array.from({ length: SECONDS * SAMPLE_RATE }, (_, i) => {
    const fade = Math.min(1, i / (FADE_SECONDS * SAMPLE_RATE));
    return sines.reduce(
      (sum, { frequencyHz, share }) =>
        sum + amplitude * fade * share * Math.sin((2 * Math.PI * ((frequencyHz * i) % SAMPLE_RATE)) / SAMPLE_RATE),
      0,
    );
  });
  return { sampleRate: SAMPLE_RATE, channels: [samples] };
}
