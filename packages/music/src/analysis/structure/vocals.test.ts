import { Kernels } from '@tutti/dsp';
import { describe, expect, it } from 'vitest';
import { beatsOf, playChord, playDrums, TEST_RATE, triad, whiteNoise } from '../../testing/listening-signals.ts';
import { analyseClip } from '../track-listener.ts';

const kernels = new Kernels();
const SECONDS = 20;
const silence = () => new Float32Array(SECONDS * TEST_RATE);

function vocalsIn(samples: Float32Array) {
  return analyseClip(kernels, { sampleRate: TEST_RATE, channels: [samples] }).structure.vocals!;
}
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** A voice in its simplest form: twelve partials over a pitch that trembles 5.5 times a second and slides between notes. */
function sing(target: Float32Array, from: number, to: number, gain = 0.1): void {
  let phase = 0;
  for (let i = Math.round(from * TEST_RATE); i < Math.round(to * TEST_RATE); i++) {
    const time = i / TEST_RATE;
    const semitones = 2 * Math.sin(2 * Math.PI * 0.7 * time) + 0.6 * Math.sin(2 * Math.PI * 5.5 * time);
    phase += (220 * 2 ** (semitones / 12)) / TEST_RATE;
    for (let partial = 1; partial <= 12; partial++) {
      target[i] = target[i]! + (gain / partial) * Math.sin(2 * Math.PI * partial * phase);
    }
  }
}

/** Drums and a chord each second. */
function band(): Float32Array {
  const samples = silence();
  playDrums(
    samples,
    beatsOf(0.2, SECONDS - 0.5, () => 120),
    4,
  );
  for (let second = 0; second < SECONDS; second++) {
    playChord(samples, triad(second % 7, 0, 4), second, 0.95, { gain: 0.05 });
  }
  return samples;
}

describe('vocalActivity', () => {
  it('hears a voice over a band where there is one', () => {
    const samples = band();
    sing(samples, 5, 15);
    const { values, hopSeconds } = vocalsIn(samples);
    expect(hopSeconds).toBe(1);
    expect(values.length).toBe(SECONDS);
    expect(Math.min(...values.slice(6, 14))).toBeGreaterThan(0.5);
    expect(Math.max(...values.slice(0, 4), ...values.slice(16))).toBeLessThan(0.4);
  });

  it.each([
    ['a band', band()],
    ['noise', whiteNoise(SECONDS * TEST_RATE, 5)],
    ['silence', silence()],
    ['one chord', silence().map((_, i) => 0.2 * Math.sin(i / 5) + 0.2 * Math.sin(i / 9.3))],
  ])('hears none in %s', (_, samples) => {
    expect(mean(vocalsIn(samples).values)).toBeLessThan(0.3);
  });

  it('hears the same however loud', () => {
    const samples = band();
    sing(samples, 5, 15);
    const { values } = vocalsIn(samples);
    const quiet = vocalsIn(samples.map((value) => 0.01 * value)).values;
    values.forEach((value, i) => {
      expect(quiet[i]).toBeCloseTo(value, 1);
    });
  });

  it('is sure of itself where it is decided, never quite', () => {
    const samples = silence();
    sing(samples, 0, SECONDS);
    const sung = vocalsIn(samples);
    expect(sung.confidence).toBeGreaterThan(0.4);
    expect(sung.confidence).toBeLessThan(0.81);
  });
});
