import { Kernels, kWeightingPower, LoudnessMeter, Platter, Roll, SampleBlock } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { BAND_TONES, EVEN_OCTAVES } from '../loud-tones.ts';
import type { MixEffect } from './effect-schema.ts';
import { recordSound } from './record-power.ts';

const RATE = 44_100;
const START = 3;
const kernels = new Kernels();

interface Processor {
  process(block: SampleBlock): void;
}

/** What a processor makes of a sound, something being done at some moments. */
function played(
  sound: Float32Array,
  processor: Processor,
  actions: readonly { readonly at: number; readonly act: () => void }[],
): Float32Array {
  const output = new Float32Array(sound.length);
  const block = new SampleBlock(kernels, 1, sound.length);
  const frames = [...actions.map(({ at }) => Math.round(at * RATE)), sound.length];
  let from = 0;
  frames.forEach((to, i) => {
    block.write([sound], from, to - from);
    processor.process(block);
    output.set(block.channel(0).subarray(0, to - from), from);
    actions[i]?.act();
    from = to;
  });
  return output;
}

/** A sound whose value is the moment at which it is heard. */
const clock = (seconds: number) => Float32Array.from({ length: seconds * RATE }, (_, i) => i / RATE);
const heardAt = (output: Float32Array, at: number) => output[Math.round(at * RATE)]!;

describe('recordSound', () => {
  it('says which moment a roll lets be heard, through lengths that change among its loops', () => {
    const steps = [
      { at: START, value: 0.5 },
      { at: 4.25, value: 0.25 },
      { at: 5, value: 0.4 },
    ];
    const roll = new Roll(kernels, { sampleRate: RATE, channels: 1 });
    const actions = steps.map(({ at, value }) => ({ at, act: () => roll.set({ lengthSeconds: value }) }));
    const output = played(clock(6), roll, actions);
    const effect: MixEffect = { kind: 'roll', start: START, end: 6, seconds: steps };
    for (const at of [2, 3.1, 3.4, 3.7, 4.2, 4.32, 4.6, 4.9, 5.1, 5.3, 5.6, 5.9])
      expect(recordSound([effect], at).moment).toBeCloseTo(heardAt(output, at), 2);
    expect(recordSound([effect], 2.9).loop).toBeNull();
    for (const [first, last] of [
      [3.5, 4],
      [4.25, 4.5],
      [5, 5.4],
    ] as const) {
      const loop = recordSound([effect], (first + last) / 2).loop!;
      loop.forEach(({ from, to }, i) => {
        const middle = first + ((i + 0.5) / loop.length) * (last - first);
        expect((from + to) / 2).toBeCloseTo(heardAt(output, middle), 2);
        expect(to - from).toBeCloseTo((last - first) / loop.length, 6);
      });
    }
  });

  it('says which moment a stop lets be heard, and how loud it is', () => {
    const SECONDS = 2;
    const effect: MixEffect = { kind: 'platter', start: START, end: 7, seconds: SECONDS };
    const platter = () => new Platter(kernels, { sampleRate: RATE, channels: 1 });
    const stopped = (sound: Float32Array) => {
      const record = platter();
      return played(sound, record, [{ at: START, act: () => record.stop({ seconds: SECONDS }) }]);
    };
    const output = stopped(clock(7));
    for (const at of [2, 3.2, 3.7, 4.3, 4.7])
      expect(recordSound([effect], at).moment).toBeCloseTo(heardAt(output, at), 2);
    expect(recordSound([effect], 6).share({ lowShare: 0.3, octaves: EVEN_OCTAVES })).toBe(0);
    const each = EVEN_OCTAVES.map(() => 1 / EVEN_OCTAVES.length);
    for (const [tones, spectrum] of [
      [BAND_TONES[0]!, { lowShare: 1, octaves: EVEN_OCTAVES }],
      [BAND_TONES.slice(1).flat(), { lowShare: 0, octaves: each }],
      [BAND_TONES[1]!, { lowShare: 0, octaves: [1, 0, 0, 0, 0, 0] }],
    ] as const) {
      const sound = Float32Array.from({ length: 7 * RATE }, (_, i) =>
        tones.reduce(
          (sum, hz, k) =>
            sum + (0.02 / Math.sqrt(kWeightingPower(hz))) * Math.sin((2 * Math.PI * hz * i) / RATE + k * k),
          0,
        ),
      );
      const block = new SampleBlock(kernels, 1, sound.length);
      block.write([stopped(sound)], 0, sound.length);
      const meter = new LoudnessMeter(kernels, { sampleRate: RATE, channels: 1 });
      meter.process(block);
      const { steps } = meter.result();
      const mean = (from: number, to: number) =>
        steps.slice(Math.round(10 * from), Math.round(10 * to)).reduce((sum, value) => sum + value, 0) / (to - from);
      for (const at of [3.2, 3.6, 4, 4.4]) {
        const said = recordSound([effect], at).share(spectrum);
        const heard = mean(at - 0.2, at + 0.2) / mean(1, 3);
        expect(Math.abs(10 * Math.log10(said / heard))).toBeLessThan(1);
      }
    }
  });

  it('leaves the sound as it is outside of such effects', () => {
    const effects: MixEffect[] = [
      { kind: 'platter', start: 10, end: 12, seconds: 2 },
      { kind: 'roll', start: 20, end: 22, seconds: 0.5 },
      { kind: 'high-pass', start: 0, end: 30, cutoffHz: 500, resonanceDb: 0 },
    ];
    for (const at of [9, 13, 19, 23]) {
      expect(recordSound(effects, at).moment).toBe(at);
      expect(recordSound(effects, at).share({ lowShare: 0.5, octaves: EVEN_OCTAVES })).toBe(1);
    }
  });
});
