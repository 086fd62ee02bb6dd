// Signals that make a limiter overshoot: what is between the samples, what comes without warning, what never rests.
import type { NamedSignal } from '../signal.ts';
import { gaussianNoise } from './noise.ts';

const SAMPLE_RATE = 44_100;
const FRAMES = 3 * SAMPLE_RATE;
/** Silence before and behind: a meter may assume what it likes outside of a file, but not within. */
const AROUND_FRAMES = SAMPLE_RATE / 10;
const turn = (i: number, frequencyHz: number) => (2 * Math.PI * frequencyHz * i) / SAMPLE_RATE;

/** Alternating signs that agree once, in the middle: the largest peak between samples that bounded samples can have. */
function interSampleBurst(i: number): number {
  const at = (i % 4000) - 2000;
  if (at < -24 || at >= 24) return 0;
  return at >= 0 ? (-1) ** at : (-1) ** (at + 1);
}

function square(i: number, frequencyHz: number): number {
  let value = 0;
  for (let n = 1; n * frequencyHz < 0.49 * SAMPLE_RATE; n += 2)
    value += (4 / (Math.PI * n)) * Math.sin(n * turn(i, frequencyHz));
  return value;
}

const white = gaussianNoise(FRAMES, 11);
const SIGNALS: readonly (readonly [name: string, value: (i: number) => number])[] = [
  ['sine of a quarter of the rate, 45 degrees', (i) => 2 * Math.sin((Math.PI / 2) * i + Math.PI / 4)],
  ['sine of a third of the rate', (i) => 2 * Math.sin((2 * Math.PI * i) / 3 + 0.5)],
  ['alternating signs that agree once', (i) => 1.5 * interSampleBurst(i)],
  ['random signs', (i) => (white[i]! < 0 ? -1.5 : 1.5)],
  ['white noise, 6 dB RMS over', (i) => 2 * white[i]!],
  ['bursts of noise out of silence', (i) => (i % 9000 < 1500 ? 1.5 * white[i]! : 0)],
  ['impulses', (i) => (i % 3777 === 100 ? 5 : 0)],
  ['impulses over a tone', (i) => 0.4 * Math.sin(turn(i, 200)) + (i % 3777 === 100 ? 4 : 0)],
  ['a step', (i) => (i > FRAMES / 2 ? 3 : 0)],
  ['square wave of 50 Hz', (i) => 2 * square(i, 50)],
  ['square wave of 997 Hz', (i) => 2 * square(i, 997)],
  ['square wave of samples, 441 Hz', (i) => (i % 100 < 50 ? 2 : -2)],
  [
    'sweep of 20 Hz to 20 kHz',
    (i) => 2 * Math.sin(((2 * Math.PI * 20 * FRAMES) / SAMPLE_RATE / Math.log(1000)) * (1000 ** (i / FRAMES) - 1)),
  ],
  ['beating tones, 6 dB over', (i) => Math.sin(turn(i, 9001)) + Math.sin(turn(i, 9013))],
];

export function adversarialSignals(): NamedSignal[] {
  return SIGNALS.map(([name, value]) => {
    const samples = new Float64Array(FRAMES + 2 * AROUND_FRAMES);
    for (let i = 0; i < FRAMES; i++) samples[AROUND_FRAMES + i] = value(i);
    return { name, signal: { sampleRate: SAMPLE_RATE, channels: [samples] } };
  });
}
