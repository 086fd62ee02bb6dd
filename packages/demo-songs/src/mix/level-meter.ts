import type { StemEffect } from './stem-effect.ts';

const WINDOW_SECONDS = 0.35;
/** Windows this much below the loudest do not count: they are pauses, not the sound. */
const GATE_DB = 12;
/** Every how many frames a sample is looked at: the mean of so many needs no more. */
const STRIDE = 4;

/** Measures how loud a stem is where it plays; an effect that changes nothing. */
export interface LevelMeter extends StemEffect {
  /** RMS of the windows within 12 dB of the loudest; 0 for silence. */
  level(): number;
}

export function createLevelMeter(frames: number, sampleRate: number): LevelMeter {
  const windowFrames = Math.ceil(WINDOW_SECONDS * sampleRate);
  const sums = new Float64Array(Math.ceil(frames / windowFrames));
  return {
    start() {},
    process(left, right, from, to) {
      for (let at = from; at < to; ) {
        const window = Math.floor(at / windowFrames);
        const end = Math.min(to, (window + 1) * windowFrames);
        let sum = 0;
        for (let i = at; i < end; i += STRIDE) sum += left[i]! * left[i]! + right[i]! * right[i]!;
        sums[window]! += sum;
        at = end;
      }
    },
    level() {
      const most = sums.reduce((a, b) => Math.max(a, b), 0);
      if (most === 0) return 0;
      const playing = sums.filter((sum) => sum >= most * 10 ** (-GATE_DB / 10));
      const mean = playing.reduce((a, b) => a + b, 0) / playing.length;
      return Math.sqrt((mean * STRIDE) / (2 * windowFrames));
    },
  };
}
