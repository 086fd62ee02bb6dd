import { describe, expect, it } from 'vitest';
import type { Clip } from '../clip.ts';
import { Kernels } from '../kernels.ts';
import { noise, sine } from '../testing/signals.ts';
import { stretchClip, type TimeMap } from './stretch-clip.ts';

const kernels = new Kernels();
const SAMPLE_RATE = 44_100;
const RATIOS = [0.8, 0.9, 1.06, 1.25];

function mono(samples: Float32Array): Clip {
  return { sampleRate: SAMPLE_RATE, channels: [samples] };
}

function stretched(samples: Float32Array, map: TimeMap | number): Float32Array {
  return stretchClip(kernels, mono(samples), map).channels[0]!;
}

/** Amplitude and phase (radians) of a sinusoid around a frame, by projection under a Hann window. */
function phasor(signal: Float32Array, frequencyHz: number, centre: number, length: number) {
  let re = 0;
  let im = 0;
  for (let i = centre - length / 2; i < centre + length / 2; i++) {
    const window = 0.5 + 0.5 * Math.cos((2 * Math.PI * (i - centre)) / length);
    const angle = (2 * Math.PI * frequencyHz * i) / SAMPLE_RATE;
    re += window * signal[i]! * Math.cos(angle);
    im -= window * signal[i]! * Math.sin(angle);
  }
  return { amplitude: (4 * Math.hypot(re, im)) / length, phase: Math.atan2(im, re) };
}

/** Deviation from `frequencyHz` in cents, from the phases one second apart. */
function deviationCents(signal: Float32Array, frequencyHz: number): number {
  const from = phasor(signal, frequencyHz, 16_384, 16_384).phase;
  const to = phasor(signal, frequencyHz, 16_384 + SAMPLE_RATE, 16_384).phase;
  const turns = (to - from) / (2 * Math.PI);
  return 1200 * Math.log2(1 + (turns - Math.round(turns)) / frequencyHz);
}

function clicksAt(frames: number, positions: readonly number[]): Float32Array<ArrayBuffer> {
  const clicks = new Float32Array(frames);
  for (const position of positions) clicks[position] = 0.9;
  return clicks;
}

/** Of the samples within `reach` of `centre`: where the largest is, and its share of their energy within 1 ms. */
function click(signal: Float32Array, centre: number, reach: number) {
  const from = Math.round(centre - reach);
  const around = signal.subarray(from, Math.round(centre + reach));
  let peak = 0;
  for (const [i, value] of around.entries()) if (Math.abs(value) > Math.abs(around[peak]!)) peak = i;
  const energy = (part: Float32Array) => part.reduce((sum, value) => sum + value ** 2, 0);
  const near = energy(around.subarray(Math.max(0, peak - 44), peak + 45));
  return { frame: from + peak, height: Math.abs(around[peak]!), share: near / energy(around) };
}

/** Power around an octave band's centre, dB: a resonator (constant-peak band-pass, R. Bristow-Johnson's cookbook). */
function octaveDb(signal: Float32Array, centreHz: number): number {
  const w = (2 * Math.PI * centreHz) / SAMPLE_RATE;
  const alpha = Math.sin(w) / (2 * Math.SQRT2);
  let [x1, x2, y1, y2, sum] = [0, 0, 0, 0, 0];
  for (const x of signal) {
    const y = (alpha * (x - x2) + 2 * Math.cos(w) * y1 - (1 - alpha) * y2) / (1 + alpha);
    [x2, x1, y2, y1] = [x1, x, y1, y];
    sum += y * y;
  }
  return 10 * Math.log10(sum / signal.length);
}

describe('stretchClip', () => {
  it.each(RATIOS)('keeps frequency and level of a sine at ratio %d', (ratio) => {
    for (const frequencyHz of [40, 110.3, 440, 3333, 12_000]) {
      const signal = stretched(sine(Math.ceil((2 * SAMPLE_RATE) / ratio), SAMPLE_RATE, frequencyHz, 0.5), ratio);
      expect(Math.abs(deviationCents(signal, frequencyHz))).toBeLessThan(0.1);
      const levels: number[] = [];
      for (let centre = 8192; centre < 80_000; centre += 173) {
        const length = Math.max(1, Math.round((frequencyHz * 512) / SAMPLE_RATE)) * 4 * (SAMPLE_RATE / frequencyHz);
        levels.push(20 * Math.log10(phasor(signal, frequencyHz, centre, 2 * Math.round(length / 2)).amplitude / 0.5));
      }
      expect(Math.max(...levels.map(Math.abs))).toBeLessThan(0.2);
      expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(0.1);
    }
  });

  it.each(RATIOS)('keeps both of two tones at ratio %d', (ratio) => {
    const frames = Math.ceil((2 * SAMPLE_RATE) / ratio);
    const high = sine(frames, SAMPLE_RATE, 523.25, 0.2);
    const signal = stretched(
      sine(frames, SAMPLE_RATE, 415.3, 0.4).map((value, i) => value + high[i]!),
      ratio,
    );
    for (const [frequencyHz, amplitude] of [
      [415.3, 0.4],
      [523.25, 0.2],
    ] as const) {
      expect(Math.abs(deviationCents(signal, frequencyHz))).toBeLessThan(0.1);
      const level = phasor(signal, frequencyHz, 44_100, 32_768).amplitude;
      expect(Math.abs(20 * Math.log10(level / amplitude))).toBeLessThan(0.2);
    }
  });

  it.each([0.5, ...RATIOS, 2])('puts clicks where they belong, whole, at ratio %d', (ratio) => {
    const positions = Array.from({ length: 14 }, (_, i) => 9000 + Math.round(i * 7351.7));
    const signal = stretched(clicksAt(120_000, positions), ratio);
    for (const position of positions) {
      const { frame, height, share } = click(signal, position * ratio, 1500);
      expect(Math.abs(frame - position * ratio)).toBeLessThan(0.0002 * SAMPLE_RATE);
      expect(height).toBeGreaterThan(0.89);
      expect(share).toBeGreaterThan(ratio === 2 ? 0.95 : 0.999);
    }
  });

  it.each([8000, 16_000, 48_000, 96_000, 192_000])('keeps clicks beside a tone at %d Hz', (sampleRate) => {
    const tone = sine(2 * sampleRate, sampleRate, 300, 0.1);
    const positions = Array.from({ length: 6 }, (_, i) => Math.round((0.21 + 0.25 * i) * sampleRate));
    const source = clicksAt(2 * sampleRate, positions).map((value, i) => value + tone[i]!);
    const signal = stretchClip(kernels, { sampleRate, channels: [source] }, 1.1).channels[0]!;
    for (const position of positions) {
      const { frame, height } = click(signal, position * 1.1, 0.1 * sampleRate);
      expect(Math.abs(frame - position * 1.1)).toBeLessThan(0.0005 * sampleRate);
      expect(height).toBeGreaterThan(0.7);
    }
  });

  it('keeps clicks of a side signal, which cancels in a mix of both channels', () => {
    const positions = Array.from({ length: 8 }, (_, i) => 9000 + Math.round(i * 7351.7));
    const left = clicksAt(80_000, positions);
    const clip = { sampleRate: SAMPLE_RATE, channels: [left, left.map((value) => -value)] };
    const signal = stretchClip(kernels, clip, 1.25).channels[1]!;
    for (const position of positions) expect(click(signal, position * 1.25, 1500).share).toBeGreaterThan(0.999);
  });

  it('follows a map whose rate glides', () => {
    // From rate 0.9 to 1.1 over four seconds.
    const outputFrames = 4 * SAMPLE_RATE;
    const sourceFrameAt = (frame: number) => 0.9 * frame + (0.1 * frame ** 2) / outputFrames;
    const positions = Array.from({ length: 15 }, (_, i) => 8000 + i * 11_025);
    const signal = stretched(clicksAt(outputFrames, positions), { outputFrames, sourceFrameAt });
    for (const position of positions) {
      // Where the map reaches the click, by its quadratic formula.
      const expected = (outputFrames * (-0.9 + Math.sqrt(0.81 + (0.4 * position) / outputFrames))) / 0.2;
      expect(Math.abs(click(signal, expected, 1500).frame - expected)).toBeLessThan(0.0002 * SAMPLE_RATE);
    }
  });

  it('keeps a click whole where the rate steps from 0.9 to 1.1 near it', () => {
    const corner = 30_000;
    const sourceFrameAt = (frame: number) => corner + (frame < corner ? 0.9 : 1.1) * (frame - corner);
    for (let distance = -1500; distance <= 1500; distance += 250) {
      const samples = clicksAt(60_000, [corner + distance]);
      const signal = stretched(samples, { outputFrames: 50_000, sourceFrameAt });
      const expected = corner + distance / (distance < 0 ? 0.9 : 1.1);
      const { frame, height, share } = click(signal, expected, 1500);
      expect(Math.abs(frame - expected)).toBeLessThan(0.003 * SAMPLE_RATE);
      expect(height).toBeGreaterThan(0.89);
      expect(share).toBeGreaterThan(0.999);
    }
  });

  it.each(RATIOS)(
    'keeps an attack in noise, little louder than what comes before, sample by sample at ratio %d',
    (ratio) => {
      const from = 44_100;
      const source = noise(2 * from, 5, 0.1).map((value, i) => (i < from ? value : 1.6 * value));
      const { channels } = stretchClip(kernels, { sampleRate: 44_100, channels: [source] }, ratio);
      const at = Math.round(from * ratio);
      // Within a millisecond of where the map puts it, 5 ms from the attack on.
      const likenesses = Array.from({ length: 89 }, (_, lag) => {
        const shift = lag - 44;
        let [product, square, other] = [0, 0, 0];
        for (let i = 0; i < 220; i++) {
          const [x, y] = [source[from + i]!, channels[0]![at + shift + i]!];
          product += x * y;
          square += x * x;
          other += y * y;
        }
        return product / Math.sqrt(square * other);
      });
      expect(Math.max(...likenesses)).toBeGreaterThan(0.9);
    },
  );

  it.each(RATIOS)('keeps the spectrum of noise within 1 dB in octave bands at ratio %d', (ratio) => {
    const source = noise(12 * SAMPLE_RATE, 7, 0.5);
    const signal = stretched(source, ratio);
    for (const centreHz of [125, 250, 500, 1000, 2000, 4000, 8000, 16_000]) {
      expect(Math.abs(octaveDb(signal, centreHz) - octaveDb(source, centreHz))).toBeLessThan(1);
    }
  });

  it('has the asked length and leaves no memory behind', () => {
    const mark = kernels.mark();
    expect(stretched(noise(10_001), 1.25).length).toBe(12_501);
    expect(stretched(noise(1), 2).length).toBe(2);
    expect(stretched(new Float32Array(0), 1.1).length).toBe(0);
    expect(kernels.mark()).toBe(mark);
  });

  it('refuses ratios and maps out of range', () => {
    expect(() => stretched(noise(100), 0.49)).toThrow(/ratio is 0.49/);
    expect(() => stretched(noise(100), Number.NaN)).toThrow(/ratio is NaN/);
    expect(() => stretched(noise(100), { outputFrames: 100, sourceFrameAt: (frame) => 3 * frame })).toThrow(
      /rate is 3/,
    );
    expect(() => stretched(noise(100), { outputFrames: 100, sourceFrameAt: () => Number.NaN })).toThrow(
      /position is NaN/,
    );
  });
});
