import { describe, expect, it } from 'vitest';
import { Track } from './track.ts';

const sound = (frames: number) => ({ left: new Float32Array(frames).fill(1), right: new Float32Array(frames).fill(2) });

describe('Track', () => {
  it('adds sounds, cuts them at its end, and knows where it sounds', () => {
    const track = new Track(10_000, 8000);
    expect(track.runs()).toEqual([]);
    track.paint(sound(100), 50, 0.5);
    track.paint(sound(100), 100, 0.5);
    track.paint(sound(5000), 9950, 1);
    expect([track.left[49], track.left[50], track.left[120], track.right[149]]).toEqual([0, 0.5, 1, 2]);
    expect(track.left.length).toBe(10_000);
    const block = track.blockFrames;
    expect(track.runs()).toEqual([
      { from: 0, to: 2 * block },
      { from: Math.floor(9950 / block) * block, to: 10_000 },
    ]);
  });

  it('is silent again after it was cleared', () => {
    const track = new Track(4000, 8000);
    track.paint(sound(300), 1000, 1);
    track.clear();
    expect(track.runs()).toEqual([]);
    expect(track.left.every((x) => x === 0)).toBe(true);
  });

  it('makes runs longer for what rings on', () => {
    const track = new Track(40_000, 8000);
    track.paint(sound(10), 0, 1);
    track.extend(1, 8000);
    expect(track.runs()[0]!.to).toBeGreaterThanOrEqual(8000);
  });
});
