import { interpolatorTwin } from '../measure/true-peak.twin.ts';

/** Frames that a record has travelled `age` frames after it was touched. */
function travelled(age: number, turn: number, end: number, speed: number): number {
  if (age < turn) return age * (1 + ((speed - 1) * age) / turn / 2);
  const now = (speed * (end - age)) / (end - turn);
  return (turn * (1 + speed)) / 2 + ((age - turn) * (speed + now)) / 2;
}

/** Value between samples. */
function between(samples: Float32Array, place: number): number {
  const whole = Math.floor(place);
  return interpolatorTwin(place - whole).reduce((sum, tap, i) => sum + tap * (samples[whole - 15 + i] ?? 0), 0);
}

/** Plain float64 form of `Platter` for one channel that is touched once, at frame `start`, and not let go. */
export function platterTwin(
  samples: Float32Array,
  { start, turn, end, speed, fadeFrames }: Readonly<Record<'start' | 'turn' | 'end' | 'speed' | 'fadeFrames', number>>,
): Float64Array {
  return Float64Array.from(samples, (x, i) => {
    const age = i - start;
    if (age < 0) return x;
    const gain = Math.min(1, (end - age) / (0.1 * end));
    const head = age >= end ? 0 : gain * between(samples, start + travelled(age, turn, end, speed) - 16);
    const weight = Math.min(1, (age + 1) / fadeFrames);
    return (1 - weight) * x + weight * head;
  });
}
