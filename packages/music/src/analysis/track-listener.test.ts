import { Kernels, SampleBlock } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { listenInBlocks } from '../testing/listen-in-blocks.ts';
import { beatsOf, playChord, playDrums, TEST_RATE, triad, whiteNoise } from '../testing/listening-signals.ts';
import { analyseClip, TrackListener } from './track-listener.ts';

const kernels = new Kernels();

/** A little song: drums at 117.3 a minute, four chords. */
function song(seconds: number): Float32Array {
  const samples = new Float32Array(seconds * TEST_RATE);
  const beats = beatsOf(0.4, seconds - 0.5, () => 117.3);
  playDrums(samples, beats, 4);
  for (let bar = 0; bar * 4 + 4 < beats.length; bar++) {
    const [degree, third] = (
      [
        [0, 4],
        [9, 3],
        [5, 4],
        [7, 4],
      ] as const
    )[bar % 4]!;
    playChord(samples, triad(7, degree, third), beats[bar * 4]!, beats[bar * 4 + 4]! - beats[bar * 4]!);
  }
  return samples;
}

/** Every number in a value, however deep. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

describe('TrackListener', () => {
  const left = song(20);
  const right = left.map((value) => 0.7 * value);
  const analysis = analyseClip(kernels, { sampleRate: TEST_RATE, channels: [left, right] });

  it('says what the song is', () => {
    expect(analysis.tempo.bpm).toBeCloseTo(117.3, 1);
    expect(analysis.tempo.meter).toBe(4);
    expect(analysis.key).toMatchObject({ tonic: 'G', mode: 'major', camelot: '9B', openKey: '2d' });
    expect(analysis.loudness.integratedLufs).toBeLessThan(0);
    expect(analysis.energy.level).toBeGreaterThan(2);
    expect(analysis.warnings).toEqual([expect.stringMatching(/2\.5 dB over full scale/)]);
  });

  it('gives the same answer for blocks of any size', () => {
    expect(
      listenInBlocks(kernels, { sampleRate: TEST_RATE, channels: [left, right] }, { sizes: [64, 1, 4410, 777] }),
    ).toEqual(analysis);
  });

  it('starts anew after finish and after reset', () => {
    const mark = kernels.mark();
    const listener = new TrackListener(kernels, { sampleRate: TEST_RATE, channels: 2 });
    const block = new SampleBlock(kernels, 2, left.length);
    const results = [0, 1, 2].map((turn) => {
      block.write([left, right], 0, left.length);
      if (turn === 2) {
        listener.push(block);
        listener.reset();
      }
      listener.push(block);
      return listener.finish();
    });
    kernels.release(mark);
    expect(results).toEqual([analysis, analysis, analysis]);
  });

  it("leaves the kernels' memory as it was", () => {
    const before = kernels.mark();
    analyseClip(kernels, { sampleRate: TEST_RATE, channels: [left] });
    expect(kernels.mark()).toBe(before);
  });

  it('takes what is in the middle of many channels', () => {
    const quiet = new Float32Array(left.length);
    const five = analyseClip(kernels, { sampleRate: TEST_RATE, channels: [left, left, left, quiet, quiet] });
    expect(five.tempo.bpm).toBeCloseTo(117.3, 1);
    expect(five.key.tonic).toBe('G');
  });

  it.each([
    ['nothing', new Float32Array(0)],
    ['one sample', new Float32Array([0.5])],
    ['half a second', whiteNoise(TEST_RATE / 2, 3)],
    ['silence', new Float32Array(10 * TEST_RATE)],
    ['noise', whiteNoise(15 * TEST_RATE, 5)],
    ['a constant', new Float32Array(10 * TEST_RATE).fill(0.5)],
    ['a single note', new Float32Array(10 * TEST_RATE).map((_, i) => Math.sin(i / 9))],
    ['samples near the smallest there are', whiteNoise(10 * TEST_RATE, 6).map((value) => value * 1e-38)],
    ['one click in silence', new Float32Array(10 * TEST_RATE).fill(0.9, 50_000, 50_001)],
    ['a beat of three clicks', new Float32Array(4 * TEST_RATE).map((_, i) => (i % 30_000 === 20_000 ? 1 : 0))],
  ])('says nothing that is not a number of %s', (_, samples) => {
    const { tempo, key, warnings, ...rest } = analyseClip(kernels, { sampleRate: TEST_RATE, channels: [samples] });
    expect(numbersIn({ tempo, key, ...rest }).every(Number.isFinite)).toBe(true);
    expect({ bpm: tempo.bpm, kind: tempo.kind, beats: tempo.beats }).toEqual({ bpm: null, kind: 'none', beats: [] });
    expect(key.tonic).toBeNull();
    expect(warnings.length).toBeGreaterThan(0);
  });

  it('has no loudness to name for silence', () => {
    const { loudness, energy, warnings } = analyseClip(kernels, {
      sampleRate: TEST_RATE,
      channels: [new Float32Array(10 * TEST_RATE)],
    });
    const { curve, ...figures } = loudness;
    expect(Object.values(figures).every((figure) => figure === null)).toBe(true);
    expect(curve!.shortTermLufs.every((value) => value === null)).toBe(true);
    expect(energy.level).toBeNull();
    expect(warnings[0]).toMatch(/-70 LUFS/);
  });

  it.each([0, 9])('refuses %i channels', (channels) => {
    expect(() => new TrackListener(kernels, { sampleRate: TEST_RATE, channels })).toThrow(/between 1 and 8/);
  });

  it('refuses a sample that is not finite', () => {
    const samples = new Float32Array(TEST_RATE);
    samples[777] = Number.NaN;
    expect(() => analyseClip(kernels, { sampleRate: TEST_RATE, channels: [samples] })).toThrow(/not finite/);
  });
});
