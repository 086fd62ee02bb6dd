import { Kernels } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { analyseClip } from './track-listener.ts';

const sampleRate = 44_100;
const kernels = new Kernels();

function warningsOf(seconds: number, sample: (time: number, index: number) => number): string {
  const channel = Float32Array.from({ length: Math.round(seconds * sampleRate) }, (_, i) => sample(i / sampleRate, i));
  return analyseClip(kernels, { sampleRate, channels: [channel] }).warnings.join('\n');
}
const tone = (time: number) => 0.2 * Math.sin(2 * Math.PI * 440 * time);

describe('remarks', () => {
  it('are none on a short healthy sound', () => {
    expect(warningsOf(0.5, tone)).toBe('');
    expect(warningsOf(4, tone)).toBe('');
  });

  it.each([
    ['too short a sound', 0.1, tone, /0\.10 s are too short/],
    ['silence', 2, () => 0, /-70 LUFS/],
    ['a click in silence', 2, (_: number, i: number) => (i === 44_100 ? 0.9 : 0), /hardly more than a click/],
    ['a constant offset', 2, () => 0.3, /constant offset of 0\.300/],
    ['a clipped square wave', 2, (time: number) => (tone(time) > 0 ? 1 : -1), /dB over full scale/],
    ['music without a pulse', 12, tone, /no tempo/],
  ])('name %s', (_, seconds, sample, expected) => {
    expect(warningsOf(seconds, sample)).toMatch(expected);
  });
});
