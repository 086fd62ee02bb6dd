import { describe, expect, it } from 'vitest';
import { bassPowers, bassTogetherDb, fullBass } from './bass-together.ts';

const sampleRate = 44_100;
const SECONDS = 8;

function tone(hertz: number, gainAt: (seconds: number) => number): Float32Array {
  return Float32Array.from({ length: SECONDS * sampleRate }, (_, i) => {
    const seconds = i / sampleRate;
    return gainAt(seconds) * Math.sin(2 * Math.PI * hertz * seconds);
  });
}
const steady = () => 1;

describe('bassTogetherDb', () => {
  const full = [fullBass(tone(60, steady), sampleRate)!, fullBass(tone(80, steady), sampleRate)!] as const;

  it('is 0 dB for two basses at full and far below for one after the other', () => {
    expect(bassTogetherDb([tone(60, steady), tone(80, steady)], full, sampleRate)).toBeCloseTo(0, 0);
    const out = tone(60, (seconds) => (seconds < 4 ? 1 : 0));
    const incoming = tone(80, (seconds) => (seconds < 4.6 ? 0 : 1));
    expect(bassTogetherDb([out, incoming], full, sampleRate)).toBeLessThan(-40);
  });

  it('is about -3 dB where one takes over at equal power, and tells a late fader', () => {
    const cross = (seconds: number) => (Math.PI / 2) * Math.min(1, Math.max(0, (seconds - 3) / 2));
    const out = tone(60, (seconds) => Math.cos(cross(seconds)));
    expect(bassTogetherDb([out, tone(80, (seconds) => Math.sin(cross(seconds)))], full, sampleRate)).toBeCloseTo(-3, 0);
    expect(bassTogetherDb([out, tone(80, steady)], full, sampleRate)).toBeCloseTo(0, 0);
  });

  it('hears what lies below 150 Hz only', () => {
    const [low, high] = [bassPowers(tone(60, steady), sampleRate), bassPowers(tone(600, steady), sampleRate)];
    expect(10 * Math.log10(low[10]! / 0.5)).toBeCloseTo(0, 1);
    expect(10 * Math.log10(high[10]! / 0.5)).toBeLessThan(-45);
    expect(fullBass(tone(600, steady), sampleRate)).toBeNull();
  });
});
