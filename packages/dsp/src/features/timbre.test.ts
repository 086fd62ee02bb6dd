import { describe, expect, it } from 'vitest';
import { Kernels } from '../kernels.ts';
import { residualDb } from '../testing/residual.ts';
import { noise, sine } from '../testing/signals.ts';
import { featuresOfClip } from './clip-features.ts';
import { CONTRAST_BANDS, STEREO_VALUES, TIMBRE_COLUMNS, TIMBRE_VALUES } from './feature-stream.ts';
import { featuresTwin } from './feature-stream.twin.ts';
import { skewedWindow } from './spectra.twin.ts';

const kernels = new Kernels();
const RATE = 44_100;

function measure(channels: readonly Float32Array[], sampleRate = RATE) {
  return featuresOfClip(kernels, { sampleRate, channels });
}

/** One value of every timbre frame. */
function column(frames: Float32Array, index: number): Float32Array {
  return Float32Array.from({ length: frames.length / TIMBRE_VALUES }, (_, i) => frames[i * TIMBRE_VALUES + index]!);
}

/** Means over the frames that hold neither the start nor the end of a signal. */
function timbreOf(samples: Float32Array, sampleRate = RATE) {
  const { timbreFrames } = measure([samples], sampleRate);
  const inner = (index: number) => {
    const values = column(timbreFrames, index).slice(2, -2);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  return {
    centroid: inner(TIMBRE_COLUMNS.centroid),
    spread: inner(TIMBRE_COLUMNS.spread),
    rolloff: inner(TIMBRE_COLUMNS.rolloff),
    flatness: inner(TIMBRE_COLUMNS.flatness),
    zeroCrossings: inner(TIMBRE_COLUMNS.zeroCrossings),
    contrast: Array.from({ length: CONTRAST_BANDS }, (_, band) => inner(TIMBRE_COLUMNS.contrast + band)),
  };
}

/**
 * Flatness of the mean of eight power spectra of white noise. One spectrum's bins are exponentially distributed; the mean
 * of frames that overlap is like that of K independent ones (Welch 1967), whose bins have a gamma distribution: the mean
 * of its logarithm is digamma(K) - ln K.
 */
function flatnessOfNoise(hop: number): number {
  const window = skewedWindow(1880, 1410);
  const energy = window.reduce((sum, value) => sum + value * value, 0);
  let correlated = 8;
  for (let apart = 1; apart < 8; apart++) {
    let product = 0;
    for (let i = 0; i + apart * hop < window.length; i++) product += window[i]! * window[i + apart * hop]!;
    correlated += 2 * (8 - apart) * (product / energy) ** 2;
  }
  const frames = 64 / correlated;
  // digamma(K) = digamma(K + 20) - sum of 1 / (K + j), and digamma(x) = ln x - 1 / 2x - 1 / 12x^2 for large x.
  let digamma = Math.log(frames + 20) - 1 / (2 * (frames + 20)) - 1 / (12 * (frames + 20) ** 2);
  for (let j = 0; j < 20; j++) digamma -= 1 / (frames + j);
  return Math.exp(digamma) / frames;
}

describe('timbre frames', () => {
  it.each([8000, 22_050, 32_000, 44_100, 48_000, 96_000])('agree with their twin value by value, at %i Hz', (rate) => {
    const length = Math.round(rate * 0.9) + 5;
    const left = noise(length, 8).map((value, i) => value * Math.exp(-((i * 5) % length) / (0.05 * rate)));
    const right = sine(length, rate, 330, 0.3);
    const { timbreFrames, stereoFrames, frameRate } = measure([left, right], rate);
    const twin = featuresTwin([left, right], rate, Math.round(rate / frameRate));
    for (let index = 0; index < TIMBRE_VALUES; index++) {
      const truth = column(Float32Array.from(twin.timbreFrames), index);
      if (truth.some((value) => value !== 0)) {
        expect(residualDb(column(timbreFrames, index), truth)).toBeLessThan(-85);
      } else expect(column(timbreFrames, index)).toEqual(truth);
    }
    expect(residualDb(stereoFrames, twin.stereoFrames)).toBeLessThan(-110);
  });

  it.each([100, 440, 1000, 5000, 12_000])('of a sine of %i Hz lie on it', (frequency) => {
    const timbre = timbreOf(sine(RATE, RATE, frequency, 0.5));
    expect(Math.abs(timbre.centroid - frequency)).toBeLessThan(Math.max(5, 0.03 * frequency));
    expect(timbre.spread).toBeLessThan(200);
    expect(Math.abs(timbre.rolloff - frequency)).toBeLessThan(2 * (RATE / 2048));
    if (frequency >= 250 && frequency <= 8000) expect(timbre.flatness).toBeLessThan(1e-4);
    expect(Math.abs(timbre.zeroCrossings - 2 * frequency)).toBeLessThan(2);
  });

  it('of white noise are those of a flat spectrum', () => {
    const timbre = timbreOf(noise(10 * RATE, 3));
    const width = 16_000 - 30;
    expect(timbre.centroid / (30 + width / 2)).toBeCloseTo(1, 2);
    expect(timbre.spread / (width / Math.sqrt(12))).toBeCloseTo(1, 2);
    expect(timbre.rolloff / (30 + 0.85 * width)).toBeCloseTo(1, 2);
    expect(timbre.zeroCrossings / (RATE / 2)).toBeCloseTo(1, 2);
    expect(Math.abs(timbre.flatness - flatnessOfNoise(441))).toBeLessThan(0.01);
    // Largest and smallest of eight: about the same in every octave.
    for (const contrast of timbre.contrast) expect(Math.abs(contrast - timbre.contrast[6]!)).toBeLessThan(1.5);
    expect(timbre.contrast[6]).toBeGreaterThan(5);
  });

  it('of a click are flat', () => {
    const clip = new Float32Array(RATE);
    clip[8 * 441 * 3] = 0.9;
    const { timbreFrames } = measure([clip]);
    const frame = timbreFrames.subarray(3 * TIMBRE_VALUES, 4 * TIMBRE_VALUES);
    expect(frame[TIMBRE_COLUMNS.centroid]).toBeCloseTo(8015, -2);
    expect(frame[TIMBRE_COLUMNS.flatness]).toBeCloseTo(1, 4);
    for (const contrast of frame.subarray(TIMBRE_COLUMNS.contrast)) expect(contrast).toBeCloseTo(0, 3);
  });

  it('show a tone as contrast in its octave, by what stands over the noise', () => {
    const hiss = noise(5 * RATE, 5, 0.001);
    const tone = sine(5 * RATE, RATE, 1000, 0.5);
    const quiet = timbreOf(hiss);
    const timbre = timbreOf(hiss.map((value, i) => value + tone[i]!));
    const risen = timbre.contrast.map((contrast, band) => contrast - quiet.contrast[band]!);
    expect(risen.indexOf(Math.max(...risen))).toBe(3);
    expect(risen[3]).toBeGreaterThan(25);
    expect(Math.abs(risen[5]!)).toBeLessThan(3);
  });

  it('are 0 in silence', () => {
    expect(measure([new Float32Array(RATE)]).timbreFrames.every((value) => value === 0)).toBe(true);
  });

  it('do not depend on the level', () => {
    const clip = noise(RATE, 7).map((value, i) => value * 0.05 + 0.4 * Math.sin(i / 20));
    const loud = measure([clip]).timbreFrames;
    for (const gain of [2 ** -10, 0.1, 30]) {
      const { timbreFrames } = measure([clip.map((value) => gain * value)]);
      for (let index = 0; index < TIMBRE_VALUES; index++) {
        expect(residualDb(column(timbreFrames, index), column(loud, index))).toBeLessThan(-80);
      }
    }
  });
});

describe('stereo frames', () => {
  const left = sine(RATE, RATE, 1000, 0.5);
  const middle = (channels: Float32Array[]) => {
    const { stereoFrames, bandEnergies } = measure(channels);
    const [mid, side, product] = stereoFrames.subarray(2 * STEREO_VALUES + 3, 2 * STEREO_VALUES + 6);
    // Frames 0, 13, 34.
    expect(mid).toBe(bandEnergies.mid[34]);
    return { mid: mid! / 0.125, side: side! / 0.125, product: product! / 0.125 };
  };

  it.each([
    ['one channel', [left], 1, 0, 0],
    ['the same twice', [left, left], 1, 0, 0],
    ['opposites', [left, left.map((value) => -value)], 0, 1, 0],
    ['the left channel alone', [left, new Float32Array(RATE)], 0.25, 0.25, 0.25],
    ['the right channel alone', [new Float32Array(RATE), left], 0.25, 0.25, -0.25],
    ['a quarter of a turn apart', [left, sine(RATE, RATE, 1000, 0.5, 90)], 0.5, 0.5, 0],
  ] as const)('of %s are as they must be', (_, channels, mid, side, product) => {
    const found = middle([...channels]);
    expect(found.mid).toBeCloseTo(mid, 2);
    expect(found.side).toBeCloseTo(side, 2);
    expect(found.product).toBeCloseTo(product, 2);
  });

  it('see every part of a beat, whatever the tempo', () => {
    // Left for the first half of each beat, right for the second.
    const tone = sine(40 * RATE, RATE, 1000, 0.5);
    for (const frames of [16, 32, 48, 60, 64]) {
      const half = (frames * 441) / 2;
      const sides = [0, 1].map((side) => tone.map((value, i) => (Math.floor(i / half) % 2 === side ? value : 0)));
      const { stereoFrames } = measure(sides);
      let product = 0;
      for (let i = 5; i < stereoFrames.length; i += STEREO_VALUES) product += stereoFrames[i]!;
      expect(Math.abs(product / (stereoFrames.length / STEREO_VALUES))).toBeLessThan(0.2 * 0.25 * 0.125);
    }
  });

  it('never hold more in common than Cauchy and Schwarz allow', () => {
    const { stereoFrames } = measure([noise(3 * RATE, 1), noise(3 * RATE, 2)]);
    for (let i = 0; i < stereoFrames.length; i += 3) {
      const [mid, side, product] = stereoFrames.subarray(i, i + 3);
      expect(product! ** 2).toBeLessThanOrEqual(mid! * side! * 1.0001);
    }
  });
});
