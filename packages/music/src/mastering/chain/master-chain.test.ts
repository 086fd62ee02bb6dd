import { type Clip, Kernels, LevelMeter, SampleBlock } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { whiteNoise } from '../../testing/listening-signals.ts';
import { masterPlan } from '../../testing/master-plan.ts';
import { mixdown } from '../../testing/mixdowns.ts';
import type { MasterStage } from '../stage-schemas.ts';
import { MasterChain } from './master-chain.ts';

const kernels = new Kernels();
const { stages } = masterPlan();
const reason = '';
const gain = (gainDb: number): MasterStage => ({ kind: 'gain', gainDb, reason });

/** A clip through a chain in blocks of a size. */
function run(
  clip: Clip,
  list: readonly MasterStage[],
  blockFrames: number,
  before?: (chain: MasterChain, at: number) => void,
) {
  const mark = kernels.mark();
  const { sampleRate, channels } = clip;
  const chain = new MasterChain(kernels, { sampleRate, channels: channels.length, stages: list });
  const block = new SampleBlock(kernels, channels.length, blockFrames);
  const frames = channels[0]!.length;
  const out = channels.map(() => new Float32Array(frames));
  for (let at = 0; at < frames; at += blockFrames) {
    before?.(chain, at);
    block.write(channels, at, Math.min(blockFrames, frames - at));
    chain.process(block);
    block.read(out, at);
  }
  kernels.release(mark);
  return out;
}

describe('MasterChain', () => {
  const clip = mixdown({ seconds: 3 });

  it('gives the same samples in blocks of 128 frames, of an AudioWorklet, as in any others', () => {
    const whole = run(clip, stages, 44_100);
    for (const blockFrames of [128, 1, 1000]) {
      const short = blockFrames === 1 ? { ...clip, channels: clip.channels.map((c) => c.subarray(0, 9000)) } : clip;
      const result = run(short, stages, blockFrames);
      expect(result).toEqual(whole.map((channel) => channel.subarray(0, result[0]!.length)));
    }
  });

  it('gives the same samples in blocks of 128 frames with linear phase as well', () => {
    const linear = stages.map((stage) => (stage.kind === 'equaliser' ? { ...stage, phase: 'linear' as const } : stage));
    expect(run(clip, linear, 128)).toEqual(run(clip, linear, 5000));
  });

  it('does not care which channel is which', () => {
    const exchanged = run({ ...clip, channels: clip.channels.toReversed() }, stages, 4096);
    expect(exchanged.toReversed()).toEqual(run(clip, stages, 4096));
  });

  it('takes an offset off each channel, from the first sample on', () => {
    const filter = stages.find((stage) => stage.kind === 'rumble-filter')!;
    const offset = [0.25, -0.125];
    const moved = { ...clip, channels: clip.channels.map((samples, c) => samples.map((value) => value + offset[c]!)) };
    const [plain, taken] = [run(clip, [filter], 1000), run(moved, [{ ...filter, offset }], 1000)];
    const differences = taken.flatMap((samples, c) => [...samples.map((value, i) => Math.abs(value - plain[c]![i]!))]);
    expect(Math.max(...differences.slice(0, 50_000))).toBeLessThan(1e-6);
    const chain = new MasterChain(new Kernels(), { sampleRate: 44_100, channels: 2, stages: [filter] });
    expect(() => chain.set([{ ...filter, offset }])).toThrow(/takes off no offset; it cannot take off 0.25,-0.125/);
  });

  it('leaves mono mono and silence silent', () => {
    const mono = mixdown({ seconds: 2, mono: true }).channels[0]!;
    const [left, right] = run({ sampleRate: 44_100, channels: [mono, mono] }, stages, 4096);
    expect(left).toEqual(right);
    const silent = run({ sampleRate: 44_100, channels: [new Float32Array(9000), new Float32Array(9000)] }, stages, 500);
    for (const channel of silent) expect(channel.every((value) => value === 0)).toBe(true);
  });

  it('is nothing when it has no stages', () => {
    expect(run(clip, [], 777)).toEqual(clip.channels);
    expect(new MasterChain(kernels, { sampleRate: 44_100, channels: 2, stages: [] }).latencyFrames).toBe(0);
  });

  it('stays under the ceiling and finite whatever comes in', () => {
    const loud = whiteNoise(20_000, 4).map((value) => 50 * value);
    const out = run({ sampleRate: 44_100, channels: [loud, loud.toReversed()] }, stages, 4096);
    const ceiling = 10 ** (-1 / 20);
    for (const channel of out) expect(channel.every((value) => Math.abs(value) < ceiling)).toBe(true);
  });

  it('takes new parameters while it runs, without a click', () => {
    const tone = Float32Array.from({ length: 44_100 }, (_, i) => 0.25 * Math.sin((2 * Math.PI * 100 * i) / 44_100));
    const list = (gainDb: number, ceilingDb: number): MasterStage[] => [
      { kind: 'rumble-filter', cutoffHz: gainDb > 0 ? 30 : 20, slopeDbPerOctave: 24, removeDc: true, reason },
      { kind: 'equaliser', phase: 'minimum', bands: [{ shape: 'peak', frequencyHz: 100, q: 1, gainDb }], reason },
      gain(gainDb),
      { kind: 'limiter', ceilingDb, lookaheadSeconds: 0.005, releaseSeconds: 0.1, reason },
    ];
    const [out] = run({ sampleRate: 44_100, channels: [tone] }, list(0, -1), 441, (chain, at) => {
      if (at === 22_050) chain.set(list(6, -3));
    });
    expect(Math.max(...out!.subarray(10_000, 20_000))).toBeCloseTo(0.25, 2);
    expect(Math.max(...out!.subarray(40_000))).toBeCloseTo(10 ** (-3.05 / 20), 2);
    // The steepest that a sine of 100 Hz at the ceiling is, and a little for the glide.
    const steps = out!.slice(1).map((value, i) => Math.abs(value - out![i]!));
    expect(Math.max(...steps)).toBeLessThan(0.7 * 0.0143 * 1.4);
  });

  it('fades from one equaliser of linear phase over to another while it runs, in blocks of a worklet as in others', () => {
    const noise = whiteNoise(30_000, 7).map((value) => 0.25 * value);
    const list = (gainDb: number): MasterStage[] => [
      { kind: 'equaliser', phase: 'linear', bands: [{ shape: 'peak', frequencyHz: 2000, q: 1, gainDb }], reason },
    ];
    const clip = { sampleRate: 44_100, channels: [noise] };
    const turn = (at: number) => (chain: MasterChain, now: number) => {
      // The second set comes while the first one is on its way: the last one counts.
      if (now === at) for (const gainDb of [6, 9, 12]) chain.set(list(gainDb));
    };
    const [before] = run(clip, list(-12), 128);
    const [after] = run(clip, list(-12), 128, (chain, now) => {
      turn(0)(chain, now);
      if (now === 0) chain.reset();
    });
    const [live] = run(clip, list(-12), 128, turn(10_240));
    expect(run(clip, list(-12), 1280, turn(10_240))[0]).toEqual(live);
    const begin = live!.findIndex((value, i) => value !== before![i]);
    const end = live!.findLastIndex((value, i) => value !== after![i]) + 1;
    expect(begin).toBeGreaterThanOrEqual(10_240);
    expect(end - begin).toBeLessThanOrEqual(0.02 * 44_100);
    expect(end - begin).toBeGreaterThan(0.019 * 44_100);
    // In between it is a straight line from the one to the other: no step, and nothing but the two.
    for (let i = begin; i < end; i++) {
      const share = (i - begin + 1) / 882;
      expect(live![i]).toBeCloseTo(before![i]! + share * (after![i]! - before![i]!), 6);
    }
  });

  it('refuses to become another chain while it runs', () => {
    const chain = new MasterChain(kernels, { sampleRate: 44_100, channels: 2, stages });
    const [rumble, equaliser, ...rest] = stages;
    expect(() => chain.set([equaliser!, ...rest])).toThrow(/stages rumble-filter, equaliser/);
    const edited = (kind: MasterStage['kind'], change: object) =>
      stages.map((stage) => (stage.kind === kind ? ({ ...stage, ...change } as MasterStage) : stage));
    expect(() => chain.set(edited('rumble-filter', { slopeDbPerOctave: 12 }))).toThrow(
      /has 2 filters and cannot have 1/,
    );
    expect(() => chain.set(edited('limiter', { lookaheadSeconds: 0.01 }))).toThrow(/looks 0.005 s ahead/);
    expect(() => chain.set(edited('dynamics', { mode: 'expand', ratio: 0.8 }))).toThrow(/they cannot expand/);
    expect(() => chain.set(edited('multiband', { crossoverHz: [200, 2000] }))).toThrow(
      /borders at 120, 2000 Hz .* cannot have/,
    );
    expect(() => chain.set(edited('de-esser', { lowHz: 4000 }))).toThrow(
      /from 5000 to 9000 Hz; it cannot be from 4000/,
    );
    expect(() => chain.set(edited('de-esser', { wholeFromHz: 1000 }))).toThrow(
      /holds its band against what lies above 0 Hz; .* above 1000 Hz/,
    );
    expect(() => chain.set(edited('saturation', { oversampling: 8 }))).toThrow(/works at 4 times the rate/);
    expect(() => chain.set(edited('equaliser', { phase: 'linear' }))).toThrow(/cannot become one of linear phase/);
    expect(() => chain.set([rumble!, equaliser!, ...rest])).not.toThrow();
  });

  it('says how far a stage changed the gain', () => {
    const mark = kernels.mark();
    const chain = new MasterChain(kernels, { sampleRate: 44_100, channels: 1, stages: [gain(12), stages.at(-1)!] });
    const meter = new LevelMeter(kernels, { channels: 1 });
    const block = new SampleBlock(kernels, 1, 44_100);
    const tone = Float32Array.from({ length: 44_100 }, (_, i) => 0.5 * Math.sin(i / 10));
    block.write([tone], 0, 44_100);
    chain.process(block);
    meter.process(block);
    expect(meter.result().samplePeak).toBeLessThan(10 ** (-1 / 20));
    expect(chain.gainReductionDb('limiter')).toBeCloseTo(12 - 6.02 + 1.05, 1);
    expect(chain.gainReductionDb('dynamics')).toBe(0);
    kernels.release(mark);
  });
});
