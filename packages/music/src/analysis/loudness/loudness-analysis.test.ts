import { Kernels, kWeightingPower, SampleBlock, ThreeBandIsolator } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../set-planning/seeded-random.ts';
import { analyseClip } from '../track-listener.ts';

const kernels = new Kernels();
const RATE = 48_000;

function tone(seconds: number, decibels: number): Float32Array {
  const amplitude = 10 ** (decibels / 20);
  return Float32Array.from({ length: seconds * RATE }, (_, i) => amplitude * Math.sin((2 * Math.PI * 1000 * i) / RATE));
}

describe('loudnessAnalysis', () => {
  // EBU Tech 3341, case 1: a stereo sine of 1 kHz at -23 dBFS reads -23 LUFS.
  const sine = tone(20, -23);
  const { loudness } = analyseClip(kernels, { sampleRate: RATE, channels: [sine, sine] });

  it('reads the reference tone', () => {
    expect(loudness.integratedLufs).toBeCloseTo(-23, 1);
    expect(loudness.shortTermMaxLufs).toBeCloseTo(-23, 1);
    expect(loudness.momentaryMaxLufs).toBeCloseTo(-23, 1);
    expect(loudness.rangeLu).toBeCloseTo(0, 1);
  });

  it('derives the other figures from it', () => {
    expect(loudness.samplePeakDb).toBeCloseTo(-23, 2);
    expect(loudness.truePeakDb).toBeCloseTo(-23, 1);
    expect(loudness.crestDb).toBeCloseTo(10 * Math.log10(2), 2);
    expect(loudness.peakToLoudnessDb).toBeCloseTo(0, 1);
    expect(loudness.replayGainDb).toBeCloseTo(5, 1);
  });

  it('names how far the most squeezed 3 s are from their peak', () => {
    // 6 s of a sine, whose peak is 3 dB over its RMS, then 6 s with a click of full scale in each second.
    const samples = tone(12, -23);
    for (let second = 6; second < 12; second++) samples[second * RATE + 1000] = 1;
    const squeezed = analyseClip(kernels, { sampleRate: RATE, channels: [samples, samples] }).loudness;
    expect(squeezed.peakToShortTermDb).toBeCloseTo(0, 1);
    expect(squeezed.peakToLoudnessDb).toBeGreaterThan(22);
    const clicks = analyseClip(kernels, { sampleRate: RATE, channels: [samples.slice(6 * RATE)] }).loudness;
    expect(clicks.peakToShortTermDb).toBeGreaterThan(22);
    // A passage left quiet does not count, nor does a sound without 3 s.
    samples.fill(1e-4, 0, 6 * RATE);
    expect(analyseClip(kernels, { sampleRate: RATE, channels: [samples] }).loudness.peakToShortTermDb).toBeGreaterThan(
      22,
    );
    expect(analyseClip(kernels, { sampleRate: RATE, channels: [tone(2, -23)] }).loudness.peakToShortTermDb).toBeNull();
  });

  it('has a value of the curve for every half second that three seconds have led up to', () => {
    const { hopSeconds, shortTermLufs } = loudness.curve!;
    expect(hopSeconds).toBe(0.5);
    expect(shortTermLufs.length).toBe(40);
    expect(shortTermLufs.slice(0, 5)).toEqual([null, null, null, null, null]);
    for (const value of shortTermLufs.slice(5)) expect(value).toBeCloseTo(-23, 1);
  });

  it('tells bass from the rest', () => {
    // 1 kHz, then 60 Hz as strong, then both.
    const samples = Float32Array.from({ length: 20 * RATE }, (_, i) => {
      const hz = (cycles: number) => 0.1 * Math.sin((2 * Math.PI * cycles * i) / RATE);
      return i < 8 * RATE ? hz(1000) : i < 14 * RATE ? hz(60) : hz(60) + hz(1000);
    });
    const { shortTermLufs, lowShares } = analyseClip(kernels, { sampleRate: RATE, channels: [samples] }).loudness
      .curve!;
    expect(lowShares.length).toBe(shortTermLufs.length);
    expect(lowShares[10]).toBeLessThan(0.01);
    expect(lowShares[22]).toBeGreaterThan(0.95);
  });

  it('tells the octaves of what is not bass', () => {
    // 4 s each of tones in the middle of an octave that are equally loud, over a bass.
    const hertz = [283, 566, 1131, 2263, 4525, 9051];
    const samples = Float32Array.from({ length: 24 * RATE }, (_, i) => {
      const hz = hertz[Math.floor(i / (4 * RATE))]!;
      return 0.1 * Math.sin((2 * Math.PI * hz * i) / RATE) + 0.2 * Math.sin((2 * Math.PI * 60 * i) / RATE);
    });
    const { spectrum } = analyseClip(kernels, { sampleRate: RATE, channels: [samples] }).loudness.curve!;
    expect(spectrum!.hopSeconds).toBe(2);
    expect(spectrum!.shares).toHaveLength(12);
    hertz.forEach((_, octave) => {
      const shares = spectrum!.shares[2 * octave + 1]!;
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 1);
      expect(shares[octave], `octave ${octave}`).toBeGreaterThan(0.8);
    });
    const silence = analyseClip(kernels, { sampleRate: RATE, channels: [new Float32Array(4 * RATE)] }).loudness.curve!;
    expect(silence.spectrum!.shares).toEqual([0, 0].map(() => [0, 0, 0, 0, 0, 0]));
  });

  it('tells two octaves apart by their K-weighted power', () => {
    // 2.3 kHz is weighted 3.4 dB higher than 566 Hz: as loud where it is softer by as much.
    const ratio = Math.sqrt(kWeightingPower(566) / kWeightingPower(2263));
    const samples = Float32Array.from({ length: 8 * RATE }, (_, i) => {
      const tone = (hz: number) => 0.1 * Math.sin((2 * Math.PI * hz * i) / RATE);
      return tone(566) + ratio * tone(2263);
    });
    const { shares } = analyseClip(kernels, { sampleRate: RATE, channels: [samples] }).loudness.curve!.spectrum!;
    expect(Math.abs(10 * Math.log10(shares[1]![1]! / shares[1]![3]!))).toBeLessThan(0.5);
  });

  it('has the loudness of each tenth of a second', () => {
    const samples = Float32Array.from({ length: 4 * RATE }, (_, i) =>
      (i / RATE) % 0.5 < 0.1 ? 0.5 * Math.sin((2 * Math.PI * 1000 * i) / RATE) : 0,
    );
    const { step, hopLufs } = analyseClip(kernels, { sampleRate: RATE, channels: [samples] }).loudness.curve!;
    expect(step!.seconds).toBeCloseTo(0.1, 9);
    expect(step!.lufs).toHaveLength(40);
    for (let beat = 0; beat < 8; beat++) {
      expect(step!.lufs[5 * beat]).toBeCloseTo(10 * Math.log10(0.125), 0);
      // The weighting rings on for a moment.
      expect(step!.lufs[5 * beat + 2] ?? -99).toBeLessThan(-60);
      const mean = step!.lufs
        .slice(5 * beat, 5 * beat + 5)
        .reduce<number>((sum, lufs) => sum + (lufs === null ? 0 : 10 ** (lufs / 10) / 5), 0);
      expect(10 * Math.log10(mean)).toBeCloseTo(hopLufs[beat]!, 1);
    }
  });

  it('says what the isolator takes away with the bass', () => {
    // Plucked bass notes from E1 to E3 over a beat of noise: half a second each.
    const random = seededRandom(5);
    const samples = Float32Array.from({ length: 20 * RATE }, (_, i) => {
      const hop = Math.floor(i / (RATE / 2));
      const time = i / RATE - hop / 2;
      const hz = 41.2 * 2 ** ((hop % 25) / 12);
      const note = [1, 2, 3, 4].reduce((sum, k) => sum + Math.sin(2 * Math.PI * hz * k * time) / k ** 2, 0);
      return Math.min(1, 60 * time) * Math.exp(-3 * time) * (0.3 * note + 0.3 * (random() - 0.5));
    });
    const { hopLufs, lowShares } = analyseClip(kernels, { sampleRate: RATE, channels: [samples] }).loudness.curve!;
    const block = new SampleBlock(kernels, 1, samples.length);
    block.write([samples], 0, samples.length);
    new ThreeBandIsolator(kernels, { sampleRate: RATE, channels: 1 }).process(block, [0, 1, 1]);
    const without = analyseClip(kernels, { sampleRate: RATE, channels: [block.channel(0).slice()] }).loudness.curve!;
    const errors = lowShares.map((share, i) => hopLufs[i]! + 10 * Math.log10(1 - share) - without.hopLufs[i]!);
    for (const error of errors) expect(Math.abs(error)).toBeLessThan(3);
    // 0.8 at 44.1 kHz; here a tenth of the noise lies above 22 kHz, where nothing is listened for.
    expect(Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length)).toBeLessThan(1.1);
  });

  it('counts a beat alike wherever it falls in the half seconds', () => {
    // Bursts of 50 ms each 0.48 s: against the half seconds they come round in 12 s.
    const samples = Float32Array.from({ length: 24 * RATE }, (_, i) =>
      (i / RATE) % 0.48 < 0.05 ? 0.5 * Math.sin((2 * Math.PI * 1000 * i) / RATE) : 0,
    );
    const { hopLufs } = analyseClip(kernels, { sampleRate: RATE, channels: [samples] }).loudness.curve!;
    for (let hop = 0; hop + 24 <= hopLufs.length; hop += 1) {
      const powers = hopLufs.slice(hop, hop + 6).map((lufs) => (lufs === null ? 0 : 10 ** (lufs / 10)));
      // 3 s hold 6 or 7 of the bursts, 6.25 on average.
      // At 1 kHz the weighting makes up for the offset.
      const wanted = 10 * Math.log10((0.125 * 0.05) / 0.48);
      const off = 10 * Math.log10(powers.reduce((sum, power) => sum + power, 0) / 6) - wanted;
      expect(off).toBeGreaterThan(10 * Math.log10(6 / 6.25) - 0.1);
      expect(off).toBeLessThan(10 * Math.log10(7 / 6.25) + 0.1);
    }
  });

  it('has the loudness of each half second', () => {
    const samples = tone(6, -20);
    samples.fill(0, 2 * RATE, 4 * RATE);
    const { hopLufs } = analyseClip(kernels, { sampleRate: RATE, channels: [samples] }).loudness.curve!;
    const loud = expect.closeTo(-23, 1);
    expect(hopLufs.slice(0, 4)).toEqual([loud, loud, loud, loud]);
    expect(hopLufs.slice(5, 8)).toEqual([null, null, null]);
    expect(hopLufs.slice(8)).toEqual([expect.closeTo(-23, 0), loud, loud, loud]);
  });

  it('says where the loud part begins', () => {
    const samples = tone(20, -20);
    samples.fill(0, 0, 10 * RATE);
    const { shortTermLufs } = analyseClip(kernels, { sampleRate: RATE, channels: [samples] }).loudness.curve!;
    // Value i covers the three seconds up to (i + 1) / 2: the 20th ends in silence, the 26th is all tone.
    expect(shortTermLufs[19]).toBeNull();
    expect(shortTermLufs[20]).not.toBeNull();
    expect(shortTermLufs[25]).toBeCloseTo(shortTermLufs[39]!, 1);
  });
});
