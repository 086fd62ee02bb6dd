import { integratedLufs } from '../../loudness/ffmpeg-loudness.ts';
import type { Order } from './program.ts';

/** Nearer than this to the target, the gain is found. */
const TOLERANCE_LU = 0.03;
const MOST_STEPS = 12;
/** A limiter gives back less loudness than it is driven by; below this slope the target is out of reach. */
const LEAST_SLOPE = 0.1;
/** More than this beyond the plain difference is not tried. */
const MOST_DRIVE_DB = 24;

/**
 * Runs `render` with the gain that makes its output as loud as ordered: by the secant method, since behind a limiter the
 * loudness grows by less than the gain. With `drive`, runs it once.
 */
export async function reachLoudness(order: Order, render: (gainDb: number) => Promise<void>): Promise<void> {
  const plain = order.targetLufs - order.inputLufs;
  let gainDb = plain;
  await render(gainDb);
  if (order.gain === 'drive') return;
  let slope = 1;
  let missing = order.targetLufs - (await integratedLufs(order.outputPath));
  for (let step = 0; step < MOST_STEPS && Math.abs(missing) > TOLERANCE_LU; step++) {
    const change = Math.min(missing / slope, plain + MOST_DRIVE_DB - gainDb);
    if (change === 0) return;
    gainDb += change;
    await render(gainDb);
    const left = order.targetLufs - (await integratedLufs(order.outputPath));
    slope = Math.max(LEAST_SLOPE, Math.min(1, (missing - left) / change));
    missing = left;
  }
}
