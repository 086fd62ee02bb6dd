import type { PhaserOptions } from './phaser.ts';

/** Plain float64 form of `Phaser` with settings that stand still. */
export function phaserTwin(channels: readonly Float32Array[], options: PhaserOptions): Float64Array[] {
  const { sampleRate, stages, lowHz, highHz, periodSeconds, spread, phase = 0, feedback, mix } = options;
  return channels.map((samples, channel) => {
    // The states of trapezoidal low-passes: how they follow a corner that moves is part of the definition.
    const states = new Float64Array(stages);
    let last = 0;
    return Float64Array.from(samples, (x, i) => {
      const sine = Math.sin(2 * Math.PI * (phase + channel * spread + i / (periodSeconds * sampleRate)));
      const cornerHz = Math.sqrt(lowHz * highHz) * (highHz / lowHz) ** (sine / 2);
      const g = Math.tan((Math.PI * cornerHz) / sampleRate);
      let passed = x + feedback * last;
      for (let k = 0; k < stages; k++) {
        const low = (g * passed + states[k]!) / (1 + g);
        states[k] = 2 * low - states[k]!;
        passed = 2 * low - passed;
      }
      last = passed;
      return x + mix * (passed - x);
    });
  });
}
