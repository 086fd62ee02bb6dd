// Music-like signals by formula, each hard on a limiter in one way.
import { amplitudeOf, type NamedSignal } from '../signal.ts';
import { gaussianNoise } from './noise.ts';

const SAMPLE_RATE = 44_100;
const SECONDS = 20;
const FRAMES = SECONDS * SAMPLE_RATE;
const turn = (i: number, frequencyHz: number) => (2 * Math.PI * frequencyHz * i) / SAMPLE_RATE;
const since = (i: number, period: number) => (i / SAMPLE_RATE) % period;

/** A falling sine twice a second, as of a bass drum. */
function kick(i: number): number {
  const t = since(i, 0.5);
  return Math.exp(-t / 0.09) * Math.sin(2 * Math.PI * (50 * t + 4 * (1 - Math.exp(-t / 0.02))));
}

const hiss = gaussianNoise(FRAMES, 5);
const chord = (i: number) => [220, 277.2, 329.6, 440].reduce((sum, f) => sum + 0.25 * Math.sin(turn(i, f)), 0);

const FORMULAS: readonly (readonly [name: string, value: (i: number) => number])[] = [
  // The steady chord shows every move of the gain that the drum brings about.
  ['bass drum over a chord', (i) => 0.8 * kick(i) + 0.2 * chord(i)],
  ['sustained bass and soft noise', (i) => 0.7 * Math.sin(turn(i, 41.2)) + 0.03 * hiss[i]!],
  ['snare strokes over a chord', (i) => 0.6 * Math.exp(-since(i, 0.6) / 0.04) * 0.5 * hiss[i]! + 0.25 * chord(i)],
  ['dense noise with a swell', (i) => 0.2 * hiss[i]! * amplitudeOf(6 * Math.sin(turn(i, 0.3)))],
];

export function composedSignals(): NamedSignal[] {
  return FORMULAS.map(([name, value]) => ({
    name,
    signal: { sampleRate: SAMPLE_RATE, channels: [Float64Array.from({ length: FRAMES }, (_, i) => value(i))] },
  }));
}
