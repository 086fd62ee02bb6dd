import { Kernels } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { clipSource } from '../sources/clip-source.ts';
import { mixdown } from '../testing/mixdowns.ts';
import { measureSource } from './measure/measure-source.ts';
import { planMaster } from './plan/plan-master.ts';
import { SampleMemory } from './sample-memory.ts';

describe('SampleMemory', () => {
  it('gives what was taken back to the next who asks, and not to two at once', () => {
    const memory = new SampleMemory();
    const first = memory.take(1000);
    const mark = memory.mark();
    const second = memory.take(500);
    expect([first.length, second.length]).toEqual([1000, 500]);
    expect(second.buffer).not.toBe(first.buffer);
    memory.release(mark);
    expect(memory.take(700).buffer).toBe(second.buffer);
    expect(memory.take(700).buffer).not.toBe(first.buffer);
    memory.release(0);
    expect(memory.mark()).toBe(0);
  });

  it('takes what fits best, and lets go of what is too small before it takes more', () => {
    const made: number[] = [];
    const memory = new SampleMemory((length) => {
      made.push(length);
      return new Float32Array(new SharedArrayBuffer(4 * length));
    });
    const small = memory.take(10_000).buffer;
    const large = memory.take(1_000_000).buffer;
    memory.release(0);
    expect(memory.take(9000).buffer).toBe(small);
    memory.release(0);
    // Neither is enough: both go.
    const buffers = new Set<ArrayBufferLike>([small, large]);
    expect(buffers.has(memory.take(2_000_000).buffer)).toBe(false);
    expect(buffers.has(memory.take(10).buffer)).toBe(false);
    expect(made).toHaveLength(4);
  });

  it('leaves figures and plans as they are, whatever was in it, and has back what a plan took', async () => {
    const kernels = new Kernels();
    const memory = new SampleMemory();
    const plans = async (used?: SampleMemory) => {
      const songs = [];
      // Half a minute is tried whole, more in parts.
      for (const seconds of [31.7, 80]) {
        const source = clipSource(mixdown({ seconds, sampleRate: 8000, gain: 0.3, verse: 0.4 }));
        const song = await measureSource(source, kernels, { keepWhole: true, memory: used });
        const before = used?.mark();
        const plan = planMaster(song, kernels, { source: { path: 'x', audioHash: 'y' }, memory: used });
        expect(used?.mark()).toBe(before);
        songs.push({ plan, excerpts: structuredClone(song.excerpts) });
        used?.release(0);
      }
      return songs;
    };
    const plain = await plans();
    await plans(memory);
    // What the songs before left in it is not heard.
    memory.take(2 ** 20).fill(Number.NaN);
    for (let i = 0; i < 100; i++) memory.take(24_000).fill(Number.NaN);
    memory.release(0);
    expect(await plans(memory)).toEqual(plain);
    expect(plain[1]!.plan.stages.length).toBeGreaterThan(2);
  });
});
