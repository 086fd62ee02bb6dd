import { describe, expect, it } from 'vitest';
import { RelativeSpeed, shortestTimes } from './timing.ts';

/** Work of a length that is not known, but twice and eight times of it are. */
function work(size: number): () => void {
  const values = new Float64Array(2000);
  return () => {
    for (let pass = 0; pass < size; pass++) {
      for (let i = 0; i < values.length; i++) values[i] = 0.5 * values[i]! + pass;
    }
  };
}

describe('shortestTimes', () => {
  it('runs the calls in turn, whole rounds of them, and gives one positive time each', () => {
    const order: string[] = [];
    const times = shortestTimes([() => order.push('a'), () => order.push('b')], 3, 1);
    expect(times.every((time) => time > 0 && time < 1)).toBe(true);
    const turns = order.filter((name, i) => name !== order[i - 1]);
    // Once to warm up, once to see how long they take, then three rounds.
    expect(turns).toEqual(['a', 'b', 'a', 'b', 'a', 'b', 'a', 'b', 'a', 'b']);
  });
});

describe('RelativeSpeed', () => {
  it('falls when there is more to do', () => {
    // Eight times the work is far from one, however busy the machine.
    const [long, short] = [80, 10].map((size) => {
      const speed = new RelativeSpeed(work(size));
      speed.look(5);
      return speed.value();
    });
    expect(long).toBeLessThan(short!);
  });
});
