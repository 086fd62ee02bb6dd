import type { Kernels } from '@tutti/dsp';
import type { TrackSource } from '../sources/track-source.ts';
import type { MixPlan } from './plan-schema.ts';
import { framesOf, playPart, seatFor, trackParts } from './track-part.ts';

/** A run of what a track adds to the mix, in stereo; the views are good until the next is asked for. */
export interface PlayedFrames {
  readonly channels: readonly Float32Array[];
  readonly frames: number;
}

/** Who plays the tracks of a mix. */
export interface Players {
  /** Told once, before the first is played: the tracks that will be, by their index in the plan, in their order. */
  expect(tracks: readonly number[]): void;
  /** Plays a track from its first frame to its last. Up to `MOST_DECKS` are played at a time. */
  play(index: number): AsyncGenerator<PlayedFrames, void, undefined>;
}

/** Plays on the calling thread when it is asked to: memory is that of the most tracks that are heard at once. */
export function deckPlayers(
  plan: MixPlan,
  openTrack: (index: number) => Promise<TrackSource>,
  kernels: Kernels,
  signal: AbortSignal | undefined,
): Players {
  const free = Array.from({ length: mostAtOnce(plan) }, () => seatFor(plan, kernels));
  const part = trackParts(plan);
  return {
    expect: () => {},
    async *play(index) {
      const seat = free.pop()!;
      const { out } = seat;
      try {
        for await (const { frames } of playPart(part(index), () => openTrack(index), seat, signal)) {
          yield {
            frames,
            // Looked up when they are read: the kernels' memory may have grown by then.
            get channels() {
              return out.channels();
            },
          };
        }
      } finally {
        free.push(seat);
      }
    },
  };
}

function mostAtOnce(plan: MixPlan): number {
  const spans = plan.tracks.map((track) => framesOf(track, plan));
  const heardAt = (at: number) => spans.filter(([first, last]) => first <= at && last > at).length;
  return spans.reduce((most, [first]) => Math.max(most, heardAt(first)), 0);
}
