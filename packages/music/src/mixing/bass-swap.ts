import { type AutomationPoint, gainAt } from './automation.ts';
import type { Joint } from './joint.ts';

/** The bass changes hands within this time, or within a beat if that is shorter. */
const SWAP_SECONDS = 0.5;

/** The low band of both tracks of a joint. */
export interface BassLevels {
  readonly out: readonly AutomationPoint[];
  readonly incoming: readonly AutomationPoint[];
}

/**
 * The low band of both tracks around the bass swap: the incoming one comes without bass, and within the beat before
 * the swap, or over a longer time, the two trade places at equal power. Empty when the bass does not change hands.
 */
export function bassLevels({ start, bassSwap, bassSeconds, pulses }: Joint): BassLevels {
  if (bassSwap === null || pulses === undefined) return { out: [], incoming: [] };
  const beat = (pulses.at(-1)!.mix - pulses[0]!.mix) / (pulses.length - 1);
  const seconds = bassSeconds ?? Math.min(SWAP_SECONDS, beat, bassSwap - start);
  const LINES = 8;
  const curve = (shape: (angle: number) => number): AutomationPoint[] =>
    Array.from({ length: LINES + 1 }, (_, line) => ({
      at: bassSwap - seconds + (seconds * line) / LINES,
      gain: Math.max(0, Math.round(1e6 * shape(((Math.PI / 2) * line) / LINES)) / 1e6),
    }));
  return { out: curve(Math.cos), incoming: curve(Math.sin) };
}

/** About what is left of a track's power at a moment of its low band's automation, `lowShare` of it being bass. */
export function powerLeft(low: readonly AutomationPoint[], at: number, lowShare: number): number {
  return 1 - lowShare * (1 - gainAt(low, at) ** 2);
}
