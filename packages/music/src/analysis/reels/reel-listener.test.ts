import { Kernels, SampleBlock } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { type ListenOptions, listenInBlocks } from '../../testing/listen-in-blocks.ts';
import { beatsOf, playChord, playDrums, TEST_RATE, triad, whiteNoise } from '../../testing/listening-signals.ts';
import type { TrackAnalysis } from '../track-analysis.ts';
import { TrackListener } from '../track-listener.ts';

const kernels = new Kernels();
/** Five reels in seven minutes. */
const SHORT_REELS = { wholeSeconds: 180, seconds: 144, overlapSeconds: 64 };
const WHOLE = { ...SHORT_REELS, wholeSeconds: 3600 };

function listen(channels: Float32Array[], options: ListenOptions = {}): TrackAnalysis {
  return listenInBlocks(kernels, { sampleRate: TEST_RATE, channels }, { reels: SHORT_REELS, ...options });
}

const MINOR_DEGREES = [9, 2, 5, 7] as const;
const MAJOR_DEGREES = [0, 5, 7, 0] as const;

/** Bars of G major over drums; of every 32 bars the last 16 are another part, with other chords and without hats. */
function song(beats: readonly number[], seconds: number): Float32Array {
  const samples = new Float32Array(seconds * TEST_RATE);
  for (let bar = 0; 4 * bar + 4 < beats.length; bar++) {
    const isSecond = bar % 32 >= 16;
    const ofBar = beats.slice(4 * bar, 4 * bar + 4);
    playDrums(samples, ofBar, 4);
    const degree = (isSecond ? MINOR_DEGREES : MAJOR_DEGREES)[bar % 4]!;
    const third = isSecond && (degree === 9 || degree === 2) ? 3 : 4;
    const length = beats[4 * bar + 4]! - ofBar[0]!;
    playChord(samples, triad(7, degree, third), ofBar[0]!, length, { gain: isSecond ? 0.05 : 0.12 });
  }
  return samples;
}

/** Largest distance from a time to the nearest of others. */
function farthest(times: readonly number[], others: readonly number[]): number {
  return Math.max(...times.map((time) => Math.min(...others.map((other) => Math.abs(other - time)))));
}

function relative(one: number, other: number): number {
  return Math.abs(one - other) / Math.max(Math.abs(other), 1e-9);
}

describe('a steady song that is too long to be heard as a whole', () => {
  const seconds = 420;
  const beats = beatsOf(0.4, seconds - 0.5, () => 117.3);
  const left = song(beats, seconds);
  const channels = [left, left.map((value, i) => (i % 3 === 0 ? 0.5 : 0.6) * value)];
  const reels = listen(channels);
  const whole = listen(channels, { reels: WHOLE });

  it('says that it was heard in reels', () => {
    expect(reels.notes).toEqual([expect.stringMatching(/longer than 3 minutes: .* 5 reels/)]);
    expect(whole.notes).toEqual([]);
  });

  it('has one grid through all reels, no beat twice and none missing', () => {
    expect(reels.tempo).toMatchObject({ kind: 'constant', meter: 4 });
    expect(relative(reels.tempo.bpm!, 117.3)).toBeLessThan(1e-4);
    expect(reels.tempo.beats.length).toBe(whole.tempo.beats.length);
    expect(farthest(reels.tempo.beats.slice(0, -4), beats)).toBeLessThan(0.01);
    expect(reels.tempo.downbeats.length).toBe(whole.tempo.downbeats.length);
    expect(farthest(reels.tempo.downbeats, whole.tempo.downbeats)).toBeLessThan(0.01);
    expect(reels.tempo.confidence).toBeGreaterThan(0.5);
  });

  it('has the key of every reel', () => {
    expect(reels.key).toMatchObject({ tonic: 'G', mode: 'major', camelot: '9B' });
    expect(relative(reels.key.tuningHz!, 440)).toBeLessThan(0.002);
    expect(reels.key.sections![0]!.start).toBe(reels.structure.sections[0]!.start);
  });

  it('has the loudness, the warnings and the curves of the whole', () => {
    const { curve, ...figures } = reels.loudness;
    const { curve: wholeCurve, ...wholeFigures } = whole.loudness;
    expect(figures).toEqual(wholeFigures);
    expect(curve).toMatchObject({ shortTermLufs: wholeCurve!.shortTermLufs, hopLufs: wholeCurve!.hopLufs });
    expect(curve!.lowShares.length).toBe(wholeCurve!.lowShares.length);
    expect(reels.warnings).toEqual(whole.warnings);
    expect(reels.energy.level).toBe(whole.energy.level);
    expect(reels.energy.curve.values.length).toBe(whole.energy.curve.values.length);
    // At this rate no reel begins at a whole half second.
    whole.energy.curve.values.forEach((value, i) => {
      expect(Math.abs(value - reels.energy.curve.values[i]!)).toBeLessThan(0.08);
    });
    expect(reels.timbre.curve.centroidHz.length).toBe(whole.timbre.curve.centroidHz.length);
    expect(reels.structure.vocals!.values.length).toBe(whole.structure.vocals!.values.length);
  });

  it('has the curves of the whole, where a hundred frames are a second: shares of the bass to the bit', () => {
    // The same samples, played at twice the speed.
    const [one, other] = [SHORT_REELS, WHOLE].map((lengths) =>
      listenInBlocks(kernels, { sampleRate: 2 * TEST_RATE, channels: [left] }, { reels: lengths }),
    );
    expect(one!.notes).toHaveLength(1);
    expect(one!.loudness).toEqual(other!.loudness);
    // At the ends of a reel three more frames, or fewer, are in a mean.
    other!.energy.curve.values.forEach((value, i) => {
      expect(Math.abs(value - one!.energy.curve.values[i]!)).toBeLessThan(0.02);
    });
    const differing = other!.timbre.curve.centroidHz.filter((value, i) => value !== one!.timbre.curve.centroidHz[i]);
    expect(differing.length).toBeLessThan(10);
  });

  it('has the timbre of the whole', () => {
    const { timbre } = reels;
    for (const name of ['centroidHz', 'spreadHz', 'rolloffHz', 'flatness', 'zeroCrossingsPerSecond'] as const) {
      expect(relative(timbre[name]!.mean, whole.timbre[name]!.mean)).toBeLessThan(1e-9);
      expect(relative(timbre[name]!.deviation, whole.timbre[name]!.deviation)).toBeLessThan(1e-9);
    }
    for (const name of ['mfcc', 'contrastDb'] as const) {
      timbre[name]!.mean.forEach((value, i) => {
        expect(value).toBeCloseTo(whole.timbre[name]!.mean[i]!, 6);
        expect(timbre[name]!.deviation[i]).toBeCloseTo(whole.timbre[name]!.deviation[i]!, 6);
      });
    }
    expect(timbre.stereo.width.all).toBeCloseTo(whole.timbre.stereo.width.all!, 9);
    expect(timbre.stereo.correlation.mid).toBeCloseTo(whole.timbre.stereo.correlation.mid!, 9);
    expect(relative(timbre.onsetsPerSecond!, whole.timbre.onsetsPerSecond!)).toBeLessThan(0.01);
    expect(timbre.danceability).toBeCloseTo(whole.timbre.danceability!, 1);
    const distance = Math.hypot(...reels.embedding!.values.map((value, i) => value - whole.embedding!.values[i]!));
    expect(distance).toBeLessThan(0.2);
    expect(reels.embedding!.model).toBe(whole.embedding!.model);
  });

  it('has sections without a gap that begin where the parts do, and no letter for two parts', () => {
    const { sections, phrases, cues } = reels.structure;
    sections.slice(1).forEach(({ start }, i) => {
      expect(start).toBe(sections[i]!.end);
    });
    expect(Math.max(...sections.map(({ energy }) => energy))).toBeCloseTo(1, 1);
    const borders = beats.filter((_, i) => i % 64 === 0 && i > 0);
    const starts = sections.map(({ start }) => start);
    expect(farthest(borders.slice(0, -1), starts)).toBeLessThan(0.05);
    const partAt = (time: number) => sections.find(({ start, end }) => time >= start && time < end)!.part;
    // Within the first parts of all turns, and within the others.
    const [first, second] = [0, 64].map((from) =>
      beats.flatMap((beat, i) => (i % 128 === from + 48 && i + 16 < beats.length ? [partAt(beat)] : [])),
    );
    // A part may be taken for a new one once, as in the whole, but two parts are never one.
    const letters = [new Set(first), new Set(second)] as const;
    for (const { size } of letters) expect(size).toBeLessThan(3);
    expect([...letters[0]].filter((letter) => letters[1].has(letter))).toEqual([]);
    const downbeats = new Set(reels.tempo.downbeats);
    expect(phrases.length).toBeGreaterThan(10);
    expect(phrases.every((time) => downbeats.has(time))).toBe(true);
    expect(cues.filter(({ kind }) => kind === 'first-downbeat')).toHaveLength(1);
    expect(cues.filter(({ kind }) => kind === 'mix-out')).toHaveLength(1);
    expect(cues.find(({ kind }) => kind === 'mix-out')!.time).toBeGreaterThan(seconds - 60);
  });

  it('gives the same answer for blocks of any size', () => {
    expect(listen(channels, { sizes: [1000, 44_100, 777, 4096] })).toEqual(reels);
  });

  it('gives exactly the answer of any track to a sound that is not longer than the limit', () => {
    expect(listen(channels, { reels: { ...SHORT_REELS, wholeSeconds: seconds } })).toEqual(whole);
  });

  it('starts anew after finish, leaves the memory of the kernels as it was, and has a course to draw', () => {
    const part = left.subarray(0, 200 * TEST_RATE);
    const before = kernels.mark();
    const listener = new TrackListener(kernels, { sampleRate: TEST_RATE, channels: 1, reels: SHORT_REELS });
    const block = new SampleBlock(kernels, 1, part.length);
    const [first, second] = [0, 1].map(() => {
      block.write([part], 0, part.length);
      const held = kernels.mark();
      listener.push(block);
      const result = listener.finishWithEvidence();
      expect(kernels.mark()).toBe(held);
      return result;
    });
    kernels.release(before);
    expect(first!.analysis.notes).toHaveLength(1);
    expect(second).toEqual(first);
    const { evidence } = first!;
    expect(evidence).toMatchObject({ onset: null, chroma: null, bars: null, frameRate: 1 });
    expect(evidence.bandEnergies.low.length).toBe(200);
    expect(Math.min(...evidence.bandEnergies.low.subarray(1, -2))).toBeGreaterThan(0);
  });
});

describe('a long sound', () => {
  it.each([
    [100, 130],
    [128, 174],
  ])('whose tempo steps from %i to %i is followed', (before, after) => {
    const seconds = 260;
    const beats = beatsOf(0.3, seconds - 1, (time) => (time < 130 ? before : after));
    const { tempo } = listen([song(beats, seconds)]);
    expect(tempo.kind).toBe('drifting');
    const near = beats.filter((time) => tempo.beats.some((other) => Math.abs(other - time) < 0.04));
    expect(near.length / beats.length).toBeGreaterThan(0.95);
    expect(tempo.beats.length).toBeLessThan(1.04 * beats.length);
    expect(Math.min(...tempo.beats.slice(1).map((time, i) => time - tempo.beats[i]!))).toBeGreaterThan(0.3);
    for (const bpm of [before, after]) {
      expect(tempo.candidates.some((candidate) => relative(candidate.bpm, bpm) < 0.02)).toBe(true);
    }
  });

  it('that is noise in its second half has beats in the first', () => {
    const seconds = 320;
    const samples = song(
      beatsOf(0.3, 150, () => 120),
      seconds,
    );
    const noise = whiteNoise(samples.length, 3);
    for (let i = 155 * TEST_RATE; i < samples.length; i++) samples[i] = 0.1 * noise[i]!;
    const { tempo, structure } = listen([samples]);
    expect(tempo.kind).toBe('drifting');
    expect(tempo.bpm).toBeCloseTo(120, 0);
    expect(tempo.confidence).toBeLessThan(0.7);
    expect(tempo.beats.length).toBeGreaterThan(280);
    expect(tempo.beats.filter((time) => time > 240)).toEqual([]);
    expect(structure.sections.at(-1)!.end).toBeGreaterThan(seconds - 1);
  });

  it('that is silence or noise is told to have neither tempo nor key', () => {
    for (const samples of [new Float32Array(200 * TEST_RATE), whiteNoise(200 * TEST_RATE, 5)]) {
      const { tempo, key, warnings } = listen([samples]);
      expect(tempo).toMatchObject({ bpm: null, kind: 'none', beats: [] });
      expect(key.tonic).toBeNull();
      expect(warnings.length).toBeGreaterThan(0);
    }
  });
});
