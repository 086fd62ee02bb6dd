import { CUT_FRAMES, Kernels } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { featuresOf } from '../testing/features-of.ts';
import { TEST_RATE, whiteNoise } from '../testing/listening-signals.ts';
import { soundingFeatures, soundingFrames } from './sounding-frames.ts';

const kernels = new Kernels();

/** Noise between two frames, about a hundredth of a second each. */
function noiseBetween(from: number, to: number, seconds: number) {
  const samples = new Float32Array(seconds * TEST_RATE);
  const perFrame = Math.round(TEST_RATE / 100);
  samples.set(whiteNoise((to - from) * perFrame, 5), from * perFrame);
  return featuresOf(kernels, samples);
}

describe('soundingFrames', () => {
  it('go from the first frame that hears the sound to behind the last', () => {
    const { from, to } = soundingFrames(noiseBetween(120, 240, 4));
    expect(Math.abs(from - 119)).toBeLessThanOrEqual(1);
    expect(to).toBeGreaterThanOrEqual(240);
    expect(to).toBeLessThan(245);
  });

  it('are all where nothing sounds', () => {
    expect(soundingFrames(featuresOf(kernels, new Float32Array(TEST_RATE)))).toEqual({ from: 0, to: 100 });
  });

  it('leave out what is 60 dB quieter than the loudest', () => {
    const mid = Float32Array.of(1e-7, 1.1e-6, 1, 1.1e-6, 0.9e-6);
    const nothing = new Float32Array(5);
    const sound = { frames: 5, frameRate: 100, bandEnergies: { low: nothing, mid, high: nothing } };
    expect(soundingFrames(sound)).toEqual({ from: 1, to: 4 });
  });
});

describe('soundingFeatures', () => {
  it('begin with silence, whatever was before', () => {
    const features = noiseBetween(120, 240, 4);
    const sounding = soundingFeatures(features);
    expect(sounding.startSeconds).toBeCloseTo((120 - CUT_FRAMES) / features.frameRate, 9);
    expect(sounding.frames % CUT_FRAMES).toBe(0);
    expect(sounding.onset.subarray(CUT_FRAMES)).toEqual(features.onset.subarray(120, 112 + sounding.frames));
    for (const curve of [sounding.onset, sounding.bandEnergies.mid]) {
      expect(curve).toHaveLength(sounding.frames);
      expect(curve.subarray(0, CUT_FRAMES)).toEqual(new Float32Array(CUT_FRAMES));
    }
    expect(sounding.melFrames[0]).toBe(-150);
    expect(sounding.melFrames).toHaveLength((sounding.frames / 4) * sounding.melBands);
    expect(sounding.pitchFrames).toHaveLength((sounding.frames / 8) * sounding.pitchBins);
  });

  it('begin before a sound that begins at once', () => {
    const features = noiseBetween(0, 90, 1);
    const { startSeconds, frames } = soundingFeatures(features);
    expect(startSeconds).toBeCloseTo(-CUT_FRAMES / features.frameRate, 9);
    expect(frames).toBe(96 + CUT_FRAMES);
  });
});
