import type { Features } from '@tutti/dsp';

/** Mean square of the mono mix over some frames: [from, to). */
export function monoPower({ bandEnergies: { low, mid, high } }: Features, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += low[i]! + mid[i]! + high[i]!;
  return to > from ? sum / (to - from) : 0;
}
