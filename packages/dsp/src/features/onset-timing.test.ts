import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { noise } from '../testing/signals.ts';
import { featuresOfClip } from './clip-features.ts';

const SAMPLE_RATE = 44_100;
const kernels = new Kernels();
const random = noise(20_000, 77);

/** Attacks of different sharpness: the value of sample i. */
const SOUNDS: Record<string, (i: number) => number> = {
  click: (i) => (i === 0 ? 1 : 0),
  'hi-hat': (i) => random[i]! * Math.exp(-i / 800) * Math.min(1, i / 10),
  snare: (i) => 0.5 * (random[i]! + Math.sin(i * 0.03)) * Math.exp(-i / 1500) * Math.min(1, i / 60),
  kick: (i) =>
    Math.sin(2 * Math.PI * ((50 * i) / SAMPLE_RATE + 3 * (1 - Math.exp(-i / 800)))) *
    Math.exp(-i / 1500) *
    Math.min(1, i / 80),
};

/** Distance of each onset's peak, refined by a parabola, from the attack, in ms, smallest first. */
function onsetErrors(sound: (i: number) => number, level: number): number[] {
  const clip = noise(SAMPLE_RATE * 20, 5).map((value) => value * 0.001);
  const attacks = Array.from({ length: 60 }, (_, i) => Math.round(SAMPLE_RATE * (0.5 + 0.3 * i + 0.05 * random[i]!)));
  for (const attack of attacks) for (let i = 0; i < 9000; i++) clip[attack + i]! += level * sound(i);
  const { onset, frameRate } = featuresOfClip(kernels, { sampleRate: SAMPLE_RATE, channels: [clip] });
  const errors = attacks.map((attack) => {
    const expected = (attack / SAMPLE_RATE) * frameRate;
    let peak = Math.round(expected) - 5;
    for (let frame = peak; frame <= expected + 5; frame++) if (onset[frame]! > onset[peak]!) peak = frame;
    const [left, top, right] = [onset[peak - 1]!, onset[peak]!, onset[peak + 1]!];
    return ((peak + (left - right) / (2 * (left - 2 * top + right)) - expected) / frameRate) * 1000;
  });
  return errors.sort((a, b) => a - b);
}

describe('onset strength', () => {
  it.each(Object.keys(SOUNDS))('has its peaks within 6 ms of every attack, 3 ms in the median: %s', (name) => {
    for (const level of [0.7, 0.1]) {
      const errors = onsetErrors(SOUNDS[name]!, level);
      expect(errors[0]).toBeGreaterThan(-6);
      expect(errors.at(-1)).toBeLessThan(6);
      expect(Math.abs(errors[errors.length >> 1]!)).toBeLessThan(3);
    }
  });
});
