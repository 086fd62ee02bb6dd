import type { BitCrusherOptions } from './bit-crusher.ts';

/** Plain float64 form of `BitCrusher` for one channel, with settings that stand still. */
export function bitCrusherTwin(
  samples: Float32Array,
  { sampleRate, bits, rateHz, mix }: Omit<BitCrusherOptions, 'channels'>,
): Float64Array {
  const level = 2 ** (1 - bits);
  let taken = -1;
  let held = 0;
  return Float64Array.from(samples, (x, i) => {
    // A taking that falls on a frame but for its rounding happens there.
    const due = Math.floor((i * rateHz) / sampleRate + 1e-7);
    if (due > taken) {
      // Halves go to the even level.
      const whole = Math.floor(x / level);
      const rest = x / level - whole;
      held = level * (rest > 0.5 || (rest === 0.5 && whole % 2 !== 0) ? whole + 1 : whole);
      taken = due;
    }
    return (1 - mix) * x + mix * held;
  });
}
