import { onsetLag } from './onset-lag.ts';

/** Lags are tried up to half of a sixteenth note at 166 BPM: further away the next note of the grid begins. */
const LONGEST_LAG_SECONDS = 0.045;
/** A lag that moves by more than this when a quarter of the transition is left out is no measurement. */
const CLEAR_SPREAD_SECONDS = 0.01;

/** How far the beats of two tracks lie apart where they are heard together. */
export interface OnsetOffset {
  /** By how much the onsets of the incoming track come after those of the outgoing one. */
  readonly milliseconds: number;
  /** Whether there is a common rhythm to tell it by; where there is none the figure says nothing. */
  readonly clear: boolean;
}

/** @param outgoing the one track alone through a transition, mono; @param incoming the other one, as long */
export function onsetOffset(outgoing: ArrayLike<number>, incoming: ArrayLike<number>, sampleRate: number): OnsetOffset {
  const { lagSeconds, spreadSeconds } = onsetLag(outgoing, incoming, sampleRate, LONGEST_LAG_SECONDS);
  return { milliseconds: 1000 * lagSeconds, clear: spreadSeconds <= CLEAR_SPREAD_SECONDS };
}
