import { Echo, Kernels, Reverb, SampleBlock } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { bandShares, EVEN_OCTAVES } from '../loud-tones.ts';
import type { MixEffect } from './effect-schema.ts';
import { tailPowers } from './tail-power.ts';

const RATE = 44_100;
const STEP = 0.25;
const SECONDS = 6;
/** The sound is sent until here. */
const SENT_SECONDS = 3;
const SEND = 0.8;
const WET = 0.7;
const kernels = new Kernels();

/** Sounds that lie in one part of the spectrum, evenly over its octaves, and what is said of them. */
const PARTS = [
  { name: 'bass', from: 40, to: 200, spectrum: { lowShare: 1, octaves: EVEN_OCTAVES } },
  { name: 'all but bass', from: 200, to: 8000, spectrum: { lowShare: 0, octaves: EVEN_OCTAVES } },
  { name: '200 to 400 Hz', from: 200, to: 400, spectrum: { lowShare: 0, octaves: [1, 0, 0, 0, 0, 0] } },
  { name: '3.2 to 6.4 kHz', from: 3200, to: 6400, spectrum: { lowShare: 0, octaves: [0, 0, 0, 0, 1, 0] } },
] as const;
type Part = (typeof PARTS)[number];

/** Many tones, so that their echoes do not all fall on top of each other. */
function tones({ from, to }: Part): Float32Array {
  const COUNT = 120;
  const ratio = to / from;
  const hertz = Array.from({ length: COUNT }, (_, i) => from * ratio ** ((i + 0.5) / COUNT));
  return Float32Array.from({ length: SECONDS * RATE }, (_, i) =>
    i < SENT_SECONDS * RATE
      ? hertz.reduce((sum, hz, k) => sum + 0.01 * Math.sin((2 * Math.PI * hz * i) / RATE + 2.4 * k * k), 0)
      : 0,
  );
}

function stepPowers(samples: Float32Array): number[] {
  const half = Math.round((STEP * RATE) / 2);
  return Array.from({ length: SECONDS / STEP }, (_, step) => {
    const middle = Math.round(step * STEP * RATE);
    const part = samples.subarray(Math.max(0, middle - half), middle + half);
    return part.reduce((sum, value) => sum + value * value, 0) / part.length;
  });
}

/** Powers that a processor's tail has, and those that are said of it. */
function tail(processor: { process(block: SampleBlock): void }, effect: MixEffect, part: Part) {
  const sound = tones(part);
  const block = new SampleBlock(kernels, 2, sound.length);
  block.write([sound, sound], 0, sound.length);
  processor.process(block);
  const powers = stepPowers(sound);
  const said = tailPowers([effect], {
    from: 0,
    step: STEP,
    powers,
    bands: powers.map(() => bandShares(part.spectrum)),
  });
  return { heard: stepPowers(block.channel(0)), said };
}

const decibels = (ratio: number) => 10 * Math.log10(ratio);
const sum = (powers: ArrayLike<number>, from: number, to: number) =>
  Array.from(powers)
    .slice(from / STEP, to / STEP)
    .reduce((total, power) => total + power, 0);

describe('tailPowers', () => {
  it.each(PARTS)('is the power of an echo while it is fed and when it rings off ($name)', (part) => {
    const filter = { lowCutHz: 300, highCutHz: 6000, feedback: 0.55 };
    const echo = new Echo(kernels, {
      ...{ sampleRate: RATE, channels: 2, timeSeconds: 0.31, send: SEND, wet: WET, dry: 0 },
      ...filter,
    });
    const effect: MixEffect = {
      ...{ kind: 'echo', start: 0, end: SECONDS, seconds: 0.31, send: SEND, wet: WET },
      ...filter,
    };
    const { heard, said } = tail(echo, effect, part);
    for (const [from, to] of [
      [1, 1.5],
      [2, 2.75],
      [3, 6],
    ] as const)
      expect(Math.abs(decibels(sum(said, from, to) / sum(heard, from, to)))).toBeLessThan(1);
  });

  const settings = { decaySeconds: 3, highDecay: 0.5, dampingHz: 4000, lowCutHz: 300, send: SEND, wet: WET };
  const reverberated = (part: Part) => {
    const reverb = new Reverb(kernels, { sampleRate: RATE, channels: 2, dry: 0, ...settings });
    return tail(reverb, { kind: 'reverb', start: 0, end: SECONDS, ...settings }, part);
  };

  it.each(PARTS.slice(0, 2))('is that of a reverb ($name)', (part) => {
    const { heard, said } = reverberated(part);
    for (const at of [1.5, 2, 2.5, 3.5, 4, 5])
      expect(Math.abs(decibels(said[at / STEP]! / heard[at / STEP]!))).toBeLessThan(1.5);
  });

  it.each(PARTS.slice(2))('is that of a reverb over a second or so ($name)', (part) => {
    // Within an octave the lines of a reverb are few: from moment to moment they are louder and softer.
    const { heard, said } = reverberated(part);
    for (const [from, to] of [
      [1.5, 2.75],
      [3.25, 4.25],
      [4.25, 5.25],
    ] as const)
      expect(Math.abs(decibels(sum(said, from, to) / sum(heard, from, to)))).toBeLessThan(1.5);
  });

  it('is nothing before an effect begins and after it ends, and of effects without a tail', () => {
    const powers = Array<number>(20).fill(1);
    const heard = {
      from: 10,
      step: STEP,
      powers,
      bands: powers.map(() => bandShares({ lowShare: 0.3, octaves: EVEN_OCTAVES })),
    };
    const echo: MixEffect = {
      ...{ kind: 'echo', start: 11, end: 13, seconds: 0.25, feedback: 0.5 },
      ...{ lowCutHz: 100, highCutHz: 9000, send: 1, wet: 1 },
    };
    const said = tailPowers([echo], heard);
    said.forEach((power, i) => {
      const at = 10 + i * STEP;
      if (at <= 11 || at > 13) expect(power).toBe(0);
      else if (at >= 11.25) expect(power).toBeGreaterThan(0.9);
    });
    const filter: MixEffect = { kind: 'high-pass', start: 10, end: 15, cutoffHz: 500, resonanceDb: 0 };
    expect(tailPowers([filter], heard).every((power) => power === 0)).toBe(true);
  });
});
