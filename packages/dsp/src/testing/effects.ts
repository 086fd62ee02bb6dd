// What every effect is held to, so that it is written once.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SampleBlock } from '../block.ts';
import { Kernels } from '../kernels.ts';
import { noise, songLike } from './signals.ts';
import { stream, streamWithChanges } from './streaming.ts';

export interface Effect {
  process(block: SampleBlock): void;
  reset(): void;
}

export interface EffectRules<E extends Effect> {
  readonly make: (kernels: Kernels) => E;
  readonly channels: number;
  /** At 1000 and at 5000 frames. */
  readonly changes: readonly [(effect: E) => void, (effect: E) => void];
}

const FRAMES = 9000;

/** The laws that hold for every effect, each a test of the suite that this is called in. */
export function itIsAnEffect<E extends Effect>(rules: EffectRules<E>): void {
  it('gives the same bits for any split into blocks, settings on the way included', () =>
    expectBlockSizeNotToMatter(rules));
  it('starts anew after reset and keeps silence silent', () => expectToStartAnew(rules));
  it('is finite for any input', () => expectToStayFinite(rules));
  it('takes no memory while it is changed and run, block by block', () => expectToAllocateNothing(rules));
}

/** The same bits for any split into blocks, changes on the way included. */
export function expectBlockSizeNotToMatter<E extends Effect>({ make, channels, changes }: EffectRules<E>): void {
  const kernels = new Kernels();
  const input = Array.from({ length: channels }, (_, channel) => noise(FRAMES, channel + 1, 0.5));
  const split = (sizes: readonly number[]) =>
    streamWithChanges(kernels, input, sizes, () => make(kernels), { 1000: changes[0], 5000: changes[1] });
  const whole = split([1000, 4000, 4000]);
  expect(whole).not.toEqual(input);
  expect(split([1, 2, 3, 5, 989, 1000, 127, 873])).toEqual(whole);
  expect(split([125])).toEqual(whole);
  expect(split([1])).toEqual(whole);
}

/** After reset a processor is as new, with what it was set to; and silence stays silence. */
function expectToStartAnew<E extends Effect>({ make, channels, changes }: EffectRules<E>): void {
  const kernels = new Kernels();
  const input = Array.from({ length: channels }, (_, channel) => songLike(6000, 44_100, channel + 1));
  const [used, fresh] = [make(kernels), make(kernels)];
  const run = (effect: E, channels = input) => stream(kernels, channels, [777], (block) => effect.process(block));
  for (const change of changes) {
    change(used);
    run(used);
    used.reset();
    change(fresh);
    fresh.reset();
  }
  expect(run(used)).toEqual(run(fresh));
  const silence = input.map(() => new Float32Array(6000));
  used.reset();
  expect(run(used, silence).every((samples) => samples.every((value) => value === 0))).toBe(true);
}

/** Blocks of 128 frames, as in an AudioWorklet, changes between them and resets take no memory, so that no view is detached. */
function expectToAllocateNothing<E extends Effect>({ make, channels, changes }: EffectRules<E>): void {
  const kernels = new Kernels();
  const effect = make(kernels);
  const block = new SampleBlock(kernels, channels, 128);
  const input = Array.from({ length: channels }, (_, channel) => noise(128, channel + 1));
  const views = input.map((_, channel) => block.channel(channel));
  const mark = kernels.mark();
  for (let turn = 0; turn < 60; turn++) {
    block.write(input, 0, 128);
    if (turn % 3 < 2) changes[turn % 3 === 0 ? 0 : 1](effect);
    effect.process(block);
    if (turn % 20 === 19) effect.reset();
  }
  expect(kernels.mark()).toBe(mark);
  for (const view of views) expect(view.length).toBe(128);
}

/** Finite for whatever is finite, tiny and huge, while it is changed; what is not finite is refused. */
function expectToStayFinite<E extends Effect>({ make, channels, changes }: EffectRules<E>): void {
  const kernels = new Kernels();
  const value = fc.oneof(fc.constantFrom(0, 1e-45, -1e-42, 1e6, -1e6), fc.float({ min: -1e6, max: 1e6, noNaN: true }));
  const effect = make(kernels);
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 300 }), fc.nat(2), (values, change) => {
      const input = Array.from({ length: channels }, (_, channel) =>
        Float32Array.from(values, (sample) => (channel === 0 ? sample : -sample)),
      );
      changes[change]?.(effect);
      const output = stream(kernels, input, [64], (block) => effect.process(block));
      expect(output.every((samples) => samples.every(Number.isFinite))).toBe(true);
    }),
  );
  for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, 2e6]) {
    const input = Array.from({ length: channels }, () => Float32Array.of(wrong));
    expect(() => stream(kernels, input, [1], (block) => effect.process(block))).toThrow(/holds a sample/);
  }
  const more = Array.from({ length: channels + 1 }, () => new Float32Array(1));
  expect(() => stream(kernels, more, [1], (block) => effect.process(block))).toThrow(`${channels + 1} channels`);
}

/** Each of two channels comes out as if it were alone, in both. */
export function expectChannelsApart(make: (kernels: Kernels) => Effect): void {
  const kernels = new Kernels();
  const [a, b] = [noise(6000, 1, 0.5), songLike(6000, 44_100, 2)];
  const run = (input: readonly Float32Array[]) => {
    const effect = make(kernels);
    return stream(kernels, input, [512], (block) => effect.process(block));
  };
  const [left, right] = run([a, b]);
  expect(left).toEqual(run([a, a])[0]);
  expect(right).toEqual(run([b, b])[1]);
  expect(run([a, new Float32Array(6000)])[1]).toEqual(new Float32Array(6000));
}

/** The largest second difference of a signal: small in a low tone, nearly twice its height at a click. */
export function roughness(samples: Float32Array): number {
  let most = 0;
  for (let i = 1; i + 1 < samples.length; i++) {
    most = Math.max(most, Math.abs(samples[i + 1]! - 2 * samples[i]! + samples[i - 1]!));
  }
  return most;
}

/** That of a tone. */
export function toneRoughness(sampleRate: number, frequencyHz: number, amplitude: number): number {
  return 2 * amplitude * (1 - Math.cos((2 * Math.PI * frequencyHz) / sampleRate));
}
