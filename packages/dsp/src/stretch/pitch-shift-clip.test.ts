import { describe, expect, it } from 'vitest';
import type { Clip } from '../clip.ts';
import { Kernels } from '../kernels.ts';
import { residualDb } from '../testing/residual.ts';
import { noise, sine, songLike } from '../testing/signals.ts';
import { pitchShiftClip } from './pitch-shift-clip.ts';

const kernels = new Kernels();
const SAMPLE_RATE = 44_100;

function shifted(samples: Float32Array, semitones: number, sampleRate = SAMPLE_RATE): Float32Array {
  const clip: Clip = { sampleRate, channels: [samples] };
  return pitchShiftClip(kernels, clip, semitones).channels[0]!;
}

/** Complex amplitude at a frequency over `length` samples from `start`, under a Hann window. */
function project(signal: Float32Array, frequencyHz: number, start: number, length: number) {
  let re = 0;
  let im = 0;
  for (let i = start; i < start + length; i++) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * (i - start)) / length);
    const angle = (2 * Math.PI * frequencyHz * i) / SAMPLE_RATE;
    re += window * signal[i]! * Math.cos(angle);
    im -= window * signal[i]! * Math.sin(angle);
  }
  return { amplitude: (4 * Math.hypot(re, im)) / length, turns: Math.atan2(im, re) / (2 * Math.PI) };
}

describe('pitchShiftClip', () => {
  it.each([-12, -5, -0.37, 1, 7, 12])('moves a sine by %d semitones and keeps its level', (semitones) => {
    const signal = shifted(sine(2 * SAMPLE_RATE, SAMPLE_RATE, 440, 0.5), semitones);
    const frequencyHz = 440 * 2 ** (semitones / 12);
    const from = project(signal, frequencyHz, 8192, 16_384);
    const to = project(signal, frequencyHz, 8192 + SAMPLE_RATE, 16_384);
    const turns = to.turns - from.turns;
    expect(Math.abs(1200 * Math.log2(1 + (turns - Math.round(turns)) / frequencyHz))).toBeLessThan(0.1);
    expect(Math.abs(20 * Math.log10(to.amplitude / 0.5))).toBeLessThan(0.1);
  });

  it.each([-4, 3])('leaves clicks where they are at %d semitones', (semitones) => {
    const clicks = new Float32Array(60_000);
    const positions = [9000, 21_111, 33_333, 50_000];
    for (const position of positions) clicks[position] = 0.9;
    const signal = shifted(clicks, semitones);
    for (const position of positions) {
      let largest = position - 2000;
      for (let i = position - 2000; i < position + 2000; i++) {
        if (Math.abs(signal[i]!) > Math.abs(signal[largest]!)) largest = i;
      }
      expect(Math.abs(largest - position)).toBeLessThan(0.0002 * SAMPLE_RATE);
    }
  });

  it('hands the clip through at zero semitones', () => {
    const samples = songLike(30_000, SAMPLE_RATE);
    expect(residualDb(shifted(samples, 0), samples)).toBeLessThan(-130);
  });

  it.each([-7.3, 0.01, 11.9])('keeps length, silence and memory at %d semitones', (semitones) => {
    const mark = kernels.mark();
    for (const frames of [0, 1, 2, 999, 20_001]) {
      expect(shifted(new Float32Array(frames), semitones)).toEqual(new Float32Array(frames));
    }
    expect(kernels.mark()).toBe(mark);
  });

  it('shifts at the lowest and the highest sample rate', () => {
    for (const sampleRate of [8000, 192_000]) {
      for (const semitones of [-12, 12]) {
        const signal = shifted(noise(30_000, 1, 0.1), semitones, sampleRate);
        expect(signal.every(Number.isFinite)).toBe(true);
        expect(signal.some((value) => Math.abs(value) > 0.05)).toBe(true);
      }
    }
  });

  it('refuses shifts out of range', () => {
    expect(() => shifted(noise(100), 12.1)).toThrow(/semitones is 12.1/);
    expect(() => shifted(noise(100), Number.NaN)).toThrow(/semitones is NaN/);
  });
});
