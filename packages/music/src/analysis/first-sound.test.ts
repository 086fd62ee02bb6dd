import { describe, expect, it } from 'vitest';
import { whiteNoise } from '../testing/listening-signals.ts';
import { FirstSound } from './first-sound.ts';

const RATE = 44_100;

function placeIn(channels: readonly Float32Array[], blockFrames = 10_000): number | null {
  const firstSound = new FirstSound(RATE);
  for (let at = 0; at < channels[0]!.length; at += blockFrames) {
    const block = channels.map((samples) => samples.subarray(at, at + blockFrames));
    firstSound.look(block, block[0]!.length);
  }
  return firstSound.place;
}

/** A tone that is struck at a frame, and decays. */
function struckAt(frame: number, frames = RATE): Float32Array {
  return Float32Array.from({ length: frames }, (_, i) => {
    const since = (i - frame) / RATE;
    return since < 0 ? 0 : 0.8 * Math.sin(2 * Math.PI * 330 * since) * Math.exp(-3 * since);
  });
}

function noise(amplitude: number, frames = RATE): Float32Array {
  return whiteNoise(frames, 1).map((value) => amplitude * value);
}

function sumOf(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((value, i) => value + b[i]!);
}

describe('FirstSound', () => {
  it('has no place in silence', () => {
    expect(placeIn([new Float32Array(RATE)])).toBeNull();
    expect(placeIn([new Float32Array(0)])).toBeNull();
  });

  it.each([0, 1, 2204, 2205, 2206, 30_000])('finds a tone behind %i frames of silence', (silence) => {
    // The tone itself is 0 in its first frame.
    expect(placeIn([struckAt(silence)])).toBe(silence + 1);
    expect(placeIn([struckAt(silence)], 7)).toBe(silence + 1);
  });

  it.each([10, 0.1, 1e-3, 1e-6])('finds it wherever the level is %f times as high', (gain) => {
    const noisy = sumOf(struckAt(9000), noise(1e-4));
    const place = placeIn([noisy]);
    expect(placeIn([noisy.map((value) => gain * value)])).toBe(place);
  });

  it('takes noise 66 dB below the attack for silence, and finds the attack within two frames', () => {
    const place = placeIn([sumOf(struckAt(9000), noise(4e-4))])!;
    expect(Math.abs(place - 9001)).toBeLessThanOrEqual(2);
  });

  it('takes noise 40 dB below the attack for sound', () => {
    expect(placeIn([sumOf(struckAt(9000), noise(8e-3))])).toBe(0);
  });

  it('begins what swells where it begins', () => {
    const swell = struckAt(0, 3 * RATE).map((_, i) => 1e-5 * 1e5 ** (i / (3 * RATE)) * Math.sin(0.05 * i));
    expect(placeIn([swell])).toBeLessThan(10);
  });

  it('is settled once the sound is too loud for anything to be a thousand times as loud', () => {
    const firstSound = new FirstSound(RATE);
    firstSound.look([struckAt(0)], 2000);
    expect(firstSound).toMatchObject({ place: 1, isTold: false, isSettled: false });
    firstSound.look([struckAt(0).subarray(2000)], 1000);
    expect(firstSound).toMatchObject({ place: 1, isTold: true, isSettled: true });
    firstSound.reset();
    expect(firstSound).toMatchObject({ place: null, isTold: false, isSettled: false });
  });

  it('takes a minute of noise for sound', () => {
    const second = noise(1e-5);
    const firstSound = new FirstSound(RATE);
    for (let i = 0; i < 61; i++) firstSound.look([second], RATE);
    expect(firstSound.isSettled).toBe(true);
    firstSound.look([struckAt(100)], RATE);
    expect(firstSound.place).toBeLessThan(2);
  });

  it('listens to the mean of the channels, and to channels that cancel', () => {
    const [early, late] = [struckAt(1000), struckAt(5000)];
    expect(placeIn([new Float32Array(RATE), early])).toBe(1001);
    expect(placeIn([early, early.map((value) => -value)])).toBe(1001);
    // What cancels is as good as silence beside what does not.
    expect(placeIn([sumOf(early, late), early.map((value) => -value)])).toBe(5001);
  });
});
