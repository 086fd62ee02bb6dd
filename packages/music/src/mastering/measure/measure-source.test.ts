import { type Clip, Kernels, SampleBlock } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { clipSource } from '../../sources/clip-source.ts';
import { whiteNoise } from '../../testing/listening-signals.ts';
import { sourceOf } from '../../testing/mix-rendering.ts';
import { mixdown } from '../../testing/mixdowns.ts';
import { measurementSchema } from '../measurement-schema.ts';
import { keptSong } from './kept-song.ts';
import { measureSource } from './measure-source.ts';
import { MixdownListener } from './mixdown-listener.ts';

const kernels = new Kernels();
const RATE = 48_000;
const measure = (clip: Clip) => measureSource(clipSource(clip), kernels);
const sine = (seconds: number, hertz: number, amplitude = 1) =>
  Float32Array.from({ length: seconds * RATE }, (_, i) => amplitude * Math.sin((2 * Math.PI * hertz * i) / RATE));
const stereo = (left: Float32Array, right = left): Clip => ({ sampleRate: RATE, channels: [left, right] });
const bandAt = async (clip: Clip, hertz: number) =>
  (await measure(clip)).figures.bands.find(({ frequencyHz }) => frequencyHz === hertz)!;

describe('measureSource', () => {
  it('reads the reference tone', async () => {
    // EBU Tech 3341, case 1: a stereo sine of 1 kHz at -23 dBFS reads -23 LUFS.
    const { figures } = await measure(stereo(sine(20, 1000, 10 ** (-23 / 20))));
    expect(figures.integratedLufs).toBeCloseTo(-23, 1);
    expect(figures.truePeakDb).toBeCloseTo(-23, 1);
    expect(figures.samplePeakDb).toBeCloseTo(-23, 2);
    expect(figures.crestDb).toBeCloseTo(3.01, 2);
    expect(figures.rmsDb).toBeCloseTo(-26.01, 2);
    expect(figures.rangeLu).toBeCloseTo(0, 1);
    expect(figures.width).toBe(0);
    expect(figures.correlation).toBeCloseTo(1, 6);
    expect(figures.monoLossDb).toBeCloseTo(0, 6);
    expect(figures.clippedSamples).toBe(0);
    const band = figures.bands.find(({ frequencyHz }) => frequencyHz === 1000)!;
    expect(band.levelDb).toBeCloseTo(-23, 1);
    expect(band.crestDb).toBeLessThan(0.2);
    expect(() => measurementSchema.parse(figures)).not.toThrow();
  });

  it('tells width and correlation of each band', async () => {
    const low = sine(4, 100, 0.3);
    const high = sine(4, 4000, 0.3);
    const clip = stereo(
      low.map((value, i) => value + high[i]!),
      low.map((value, i) => value - high[i]!),
    );
    expect(await bandAt(clip, 100)).toMatchObject({ width: expect.closeTo(0, 4), correlation: expect.closeTo(1, 4) });
    expect(await bandAt(clip, 4000)).toMatchObject({ width: expect.closeTo(1, 4), correlation: expect.closeTo(-1, 4) });
    const { figures } = await measure(clip);
    expect(figures.width).toBeCloseTo(0.5, 2);
    expect(figures.monoLossDb).toBeCloseTo(3.01, 1);
    const unrelated = await measure(stereo(whiteNoise(4 * RATE, 1), whiteNoise(4 * RATE, 2)));
    expect(unrelated.figures.correlation).toBeCloseTo(0, 1);
    expect(unrelated.figures.width).toBeCloseTo(0.5, 1);
  });

  it('shows pink noise as flat third octaves, white noise as 1 dB a band', async () => {
    const { figures } = await measure(stereo(whiteNoise(20 * RATE, 5).map((value) => 0.3 * value)));
    const levels = figures.bands.filter(({ frequencyHz }) => frequencyHz >= 250 && frequencyHz <= 16_000);
    levels.slice(1).forEach(({ levelDb }, i) => {
      expect(Math.abs(levelDb! - levels[i]!.levelDb! - 1)).toBeLessThan(0.4);
    });
  });

  it('finds offset, clipping, silence and the noise floor', async () => {
    const samples = whiteNoise(8 * RATE, 3).map((value) => 0.001 * value);
    samples.set(
      sine(3, 100, 2).map((value) => Math.max(-1, Math.min(1, value))),
      2 * RATE,
    );
    samples.fill(0, 0, RATE);
    samples.fill(0, 7.5 * RATE);
    const { figures } = await measure({ sampleRate: RATE, channels: [samples.map((value) => 0.5 + value / 2)] });
    expect(figures.dcOffset[0]).toBeCloseTo(0.5, 2);
    expect(figures.clippedSamples).toBeGreaterThan(30_000);
    const clean = (await measure({ sampleRate: RATE, channels: [samples] })).figures;
    // To a tenth of a second; the frames of the low bands, which are long, make it one less.
    expect(Math.abs(clean.silence.startSeconds - 1)).toBeLessThan(0.15);
    expect(Math.abs(clean.silence.endSeconds - 0.5)).toBeLessThan(0.15);
    expect(clean.noiseFloorDb).toBeCloseTo(20 * Math.log10(0.001 / Math.sqrt(3)), 0);
    expect(clean.width).toBeNull();
  });

  it('counts transients', async () => {
    // Four hats a second, of which two fall on the bass drum.
    const { figures } = await measure(mixdown({ seconds: 10 }));
    expect(figures.transientsPerSecond).toBeGreaterThan(3);
    expect(figures.transientsPerSecond).toBeLessThan(5);
  });

  it.each<[string, number]>([
    ['nothing', 0],
    ['one sample', 1],
    ['half a second', 22_050],
  ])('has an answer for %s', async (_, frames) => {
    const { figures } = await measure({ sampleRate: 44_100, channels: [new Float32Array(frames).fill(0.1)] });
    expect(() => measurementSchema.parse(figures)).not.toThrow();
    const silent = await measure({ sampleRate: 44_100, channels: [new Float32Array(frames)] });
    expect(silent.figures).toMatchObject({ integratedLufs: null, crestDb: null, truePeakDb: null, noiseFloorDb: null });
    expect(silent.figures.silence.startSeconds).toBeCloseTo(frames / 44_100, 6);
  });

  it('gives the same answer however the source is cut, and with the channels exchanged', async () => {
    const clip = mixdown({ seconds: 14, sampleRate: 22_050 });
    const whole = await measure(clip);
    for (const longest of [100, 5000]) {
      const cut = await measureSource(sourceOf(clip, undefined, 0, longest), kernels);
      expect(cut.figures).toEqual(whole.figures);
      expect(cut.excerpts).toEqual(whole.excerpts);
    }
    const { figures } = await measure({ ...clip, channels: clip.channels.toReversed() });
    expect({ ...figures, dcOffset: figures.dcOffset.toReversed() }).toEqual(whole.figures);
  });

  it('keeps all of a short song, and evenly spaced parts and the loudest of a long one', async () => {
    const short = new Float32Array(45 * 8000).map((_, i) => Math.sin(i));
    const { excerpts } = await measure({ sampleRate: 8000, channels: [short] });
    const kept = excerpts.even.flatMap(({ channels }) => [...channels[0]!]);
    expect(Float32Array.from(kept)).toEqual(short);
    const long = new Float32Array(200 * 8000).map((_, i) => 0.1 * Math.sin(i));
    const parts = (await measure({ sampleRate: 8000, channels: [long] })).excerpts;
    const starts = parts.even.map(({ start }) => start / 8000);
    expect(starts.length).toBeGreaterThan(7);
    expect(starts.length).toBeLessThanOrEqual(24);
    const gaps = starts.slice(1).map((start, i) => start - starts[i]!);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(40);
    expect(new Set(gaps).size).toBeGreaterThan(1);
    const second = Math.floor(starts[5]!);
    expect(parts.loudest.length).toBeLessThanOrEqual(4);
    // A peak in what was not kept, and a larger one in what was.
    const missing = Array.from({ length: 60 }, (_, i) => 3 * i).find(
      (start) => start > 100 && !starts.includes(start),
    )!;
    long[(missing + 1) * 8000] = -0.95;
    long[(second + 1) * 8000] = 0.97;
    const { loudest } = (await measure({ sampleRate: 8000, channels: [long] })).excerpts;
    expect(loudest[0]!.start).toBe(missing * 8000);
    expect(loudest[0]!.channels[0]![8000]).toBeCloseTo(-0.95, 6);
    expect(loudest.some(({ start }) => start === second * 8000)).toBe(false);
  });

  it('keeps a song whole where that is asked for, as often as it is read, and only up to six minutes', async () => {
    const clip = mixdown({ seconds: 100, sampleRate: 8000 });
    const song = await measureSource(sourceOf(clip), kernels, { keepWhole: true });
    for (let time = 0; time < 2; time++) {
      const read = clip.channels.map(() => [] as Float32Array[]);
      for await (const { channels } of keptSong(song)!.blocks())
        channels.forEach((samples, channel) => {
          read[channel]!.push(samples);
        });
      read.forEach((parts, channel) => {
        expect(Float32Array.from(parts.flatMap((part) => [...part]))).toEqual(clip.channels[channel]);
      });
    }
    const plain = await measure(clip);
    expect(keptSong(plain)).toBeNull();
    expect({ ...song.excerpts, whole: null }).toEqual(plain.excerpts);
    // Minutes of stereo: 2^25 samples, all channels, and then one more.
    const listener = new MixdownListener(kernels, { sampleRate: 192_000, channels: 2, keepWhole: true });
    const block = new SampleBlock(kernels, 2, 2 ** 20);
    block.silence(2 ** 20);
    for (let i = 0; i < 16; i++) listener.push(block);
    expect(listener.finish().excerpts.whole!.at(-1)!.channels[0]!.length).toBe(2 ** 24 % 576_000);
    for (let i = 0; i < 16; i++) listener.push(block);
    block.silence(1);
    listener.push(block);
    expect(listener.finish().excerpts.whole).toBeNull();
  });

  it('refuses six channels', async () => {
    const channels = Array.from({ length: 6 }, () => new Float32Array(10));
    await expect(measure({ sampleRate: 44_100, channels })).rejects.toThrow(/6 channels; a master has 1 or 2/);
    const fast = { sampleRate: 384_000, channels: channels.slice(0, 2) };
    await expect(measure(fast)).rejects.toThrow(/384000 Hz; a master has 8000 to 192000/);
  });

  it('stops when it is told to, and closes the source', async () => {
    let closed = false;
    const close = () => {
      closed = true;
    };
    const source = clipSource(mixdown({ seconds: 2, sampleRate: 8000 }));
    const abort = AbortSignal.abort(new Error('enough'));
    const watched = { ...source, close: async () => close() };
    await expect(measureSource(watched, kernels, { signal: abort })).rejects.toThrow(/enough/);
    expect(closed).toBe(true);
  });
});
