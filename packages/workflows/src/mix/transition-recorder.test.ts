import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kernels, SampleBlock } from '@tutti/dsp';
import { openAudio } from '@tutti/media';
import type { MixPlan, MixTransition } from '@tutti/music/mixing';
import { expect, it } from 'vitest';
import { plannedMix } from '../testing/small-set.ts';
import { TransitionRecorder } from './transition-recorder.ts';

const RATE = 44_100;
const kernels = new Kernels();

/** White noise, the worst that FLAC can be given, from a seed: the same for the same frame. */
function noise(frames: number): Float32Array {
  const samples = new Float32Array(frames);
  let state = 12_345;
  for (let i = 0; i < frames; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    samples[i] = state / 2 ** 32;
  }
  return samples;
}

async function recordAll(plan: MixPlan, samples: Float32Array, mostBytes?: number) {
  const recorder = new TransitionRecorder(plan, new Kernels(), mostBytes);
  const block = new SampleBlock(kernels, 2, 16_384);
  for (let at = 0; at < samples.length; at += 16_384) {
    const frames = Math.min(16_384, samples.length - at);
    block.write([samples, samples], at, frames);
    await recorder.push(block);
  }
  return recorder.finish();
}

async function decoded(flac: Uint8Array): Promise<{ sampleRate: number; samples: Float32Array }> {
  const folder = await mkdtemp(join(tmpdir(), 'tutti-test-'));
  const path = join(folder, 'part.flac');
  await writeFile(path, flac);
  try {
    const source = await openAudio(path);
    const parts: number[] = [];
    for await (const { channels, frames } of source.blocks()) parts.push(...channels[0]!.subarray(0, frames));
    await source.close();
    return { sampleRate: source.format.sampleRate, samples: Float32Array.from(parts) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const transitionsAt = (places: readonly (readonly [number, number])[]): MixTransition[] =>
  places.map(([start, end], index) => ({ from: index, to: index + 1, start, end }) as MixTransition);

it('keeps the seconds of each transition as they are, also where they overlap', async () => {
  const samples = noise(30 * RATE);
  const plan = {
    ...plannedMix(['a']),
    seconds: 30,
    transitions: transitionsAt([
      [5, 6],
      [9, 12],
      [28, 30],
    ]),
  };
  const parts = await recordAll(plan, samples);
  expect(parts.map((part) => [part!.start, part!.end])).toEqual([
    [1, 10],
    [5, 16],
    [24, 30],
  ]);
  for (const part of parts) {
    const { sampleRate, samples: heard } = await decoded(part!.flac);
    expect(sampleRate).toBe(RATE);
    expect(heard.length).toBe(Math.round((part!.end - part!.start) * RATE));
    const from = Math.round(part!.start * RATE);
    const worst = heard.reduce((most, value, i) => Math.max(most, Math.abs(value - samples[from + i]!)), 0);
    // 16 bits with triangular dither: up to one and a half steps.
    expect(worst).toBeLessThanOrEqual(1.6 / 2 ** 15);
  }
});

it('stays within its bytes for a hundred transitions of noise, and every part decodes', async () => {
  const most = 2 ** 20;
  const plan = {
    ...plannedMix(['a']),
    seconds: 100,
    transitions: transitionsAt(Array.from({ length: 100 }, (_, i) => [i + 0.2, i + 0.9])),
  };
  const parts = await recordAll(plan, noise(100 * RATE), most);
  expect(parts).toHaveLength(100);
  expect(parts.reduce((sum, part) => sum + part!.flac.length, 0)).toBeLessThanOrEqual(most);
  for (const part of [parts[0]!, parts[57]!, parts[99]!]) {
    const { sampleRate, samples } = await decoded(part.flac);
    expect(sampleRate).toBe(24_000);
    expect(part.sampleRate).toBe(24_000);
    expect(samples.length / sampleRate).toBeCloseTo(part.end - part.start, 2);
    expect(samples.length).toBeGreaterThan(1000);
  }
});

it('has nothing of a transition that lies outside of the mix', async () => {
  const plan = { ...plannedMix(['a']), seconds: 2, transitions: transitionsAt([[50, 60]]) };
  expect(await recordAll(plan, noise(2 * RATE))).toEqual([null]);
});
