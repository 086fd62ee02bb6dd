import { type SwingPairBeats, swungBeat } from './swing.ts';
import type { TempoMap } from './tempo-map.ts';

/** Where musical positions lie in the rendered samples. */
export interface Timeline {
  readonly sampleRate: number;
  /** Seconds from the start of the clip of an unswung position in beats. */
  secondsAt(beat: number): number;
  /** Nearest frame of a position in beats, swing applied. */
  frameAt(beat: number): number;
}

export function createTimeline(
  tempo: TempoMap,
  swing: number,
  pairBeats: SwingPairBeats,
  leadInSeconds: number,
  sampleRate: number,
): Timeline {
  const secondsAt = (beat: number) => leadInSeconds + tempo(beat);
  return {
    sampleRate,
    secondsAt,
    frameAt: (beat) => Math.round(secondsAt(swungBeat(beat, swing, pairBeats)) * sampleRate),
  };
}
