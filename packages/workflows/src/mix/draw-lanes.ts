import type { MixPlan } from '@tutti/music/mixing';
import { inOrder } from '../in-order.ts';
import { onThisThread, onThreads } from '../threads.ts';
import type { DeckOptions } from './deck-threads.ts';
import type { Lanes, LaneTask } from './deck-worker.ts';

/**
 * The drawn lanes of all tracks of a mix. Those that no deck played are heard for it: a run before this one had played them.
 * @param lanesOf what decks drew, by the index of the track
 * @throws MediaError when a file cannot be read; the signal's reason
 */
export async function drawLanes(
  { tracks }: MixPlan,
  lanesOf: (index: number) => Lanes | undefined,
  { threads, hops, signal }: DeckOptions,
): Promise<readonly Lanes[]> {
  const lanes = tracks.map((_, index) => lanesOf(index));
  const unheard = tracks.flatMap((track, index) => (lanes[index] ? [] : [{ track, index }]));
  if (hops.length === 0 || unheard.length === 0) return lanes.map((each) => each ?? []);
  const crew =
    threads > 1
      ? await onThreads<LaneTask, Lanes>(import.meta.url, 'deck-worker', 'laneTask', threads)
      : onThisThread((await import('./deck-worker.ts')).laneTask);
  try {
    const drawn = inOrder(unheard, 2 * threads, ({ track }) => crew.work({ track, hops }, signal));
    for (const { index } of unheard) lanes[index] = (await drawn.next()).value;
  } finally {
    await crew.dismiss();
  }
  return lanes.map((each) => each ?? []);
}
