/**
 * How a tempo changes, over positions in beats (quarter notes) so that every kind has a closed form:
 * - `ramp`: the tempo moves in a straight line over the beats, from the spec's bpm at the first to `endBpm` at the last;
 * - `wander`: like people playing, the duration of a beat swings around its mean by at most `depth` (0.02 is 2 %), with
 *   a slow period and a faster one that do not share a multiple;
 * - `steps`: constant until the bar (counted from 0) where another tempo begins.
 */
export type TempoDrift =
  | { readonly kind: 'ramp'; readonly endBpm: number }
  | { readonly kind: 'wander'; readonly depth: number; readonly periodBeats: number }
  | { readonly kind: 'steps'; readonly steps: readonly { readonly bar: number; readonly bpm: number }[] };

/** Seconds since the first beat, for any position in beats from 0 on; strictly rising and exact (no summed rounding). */
export type TempoMap = (beat: number) => number;

/** The faster of the two motions of `wander`: its share of the depth, and how often it goes round in one period. */
const RIPPLE_SHARE = 0.3;
const RIPPLE_RATE = 2 + (Math.sqrt(5) - 1) / 2;

/**
 * The closed-form integral of a tempo.
 * @param totalBeats length of the song in beats: where a ramp ends; after it the tempo stays
 */
export function createTempoMap(
  bpm: number,
  drift: TempoDrift | undefined,
  beatsPerBar: number,
  totalBeats: number,
): TempoMap {
  if (drift === undefined) return (beat) => (beat * 60) / bpm;
  switch (drift.kind) {
    case 'ramp':
      return rampMap(bpm, drift.endBpm, totalBeats);
    case 'wander':
      return wanderMap(bpm, drift.depth, drift.periodBeats);
    case 'steps':
      return stepMap(
        bpm,
        drift.steps.map((step) => ({ beat: step.bar * beatsPerBar, bpm: step.bpm })),
      );
  }
}

function rampMap(startBpm: number, endBpm: number, totalBeats: number): TempoMap {
  const slope = (endBpm - startBpm) / totalBeats;
  if (slope === 0) return (beat) => (beat * 60) / startBpm;
  const secondsAt = (beat: number) => (60 / slope) * Math.log1p((slope * beat) / startBpm);
  return (beat) => (beat <= totalBeats ? secondsAt(beat) : secondsAt(totalBeats) + ((beat - totalBeats) * 60) / endBpm);
}

function wanderMap(bpm: number, depth: number, periodBeats: number): TempoMap {
  const slow = (2 * Math.PI) / periodBeats;
  const fast = slow * RIPPLE_RATE;
  // Integral of 1 + depth * ((1 - share) * sin(slow * b) + share * sin(fast * b)), zero at b = 0.
  return (beat) => {
    const swell = ((1 - RIPPLE_SHARE) / slow) * (1 - Math.cos(slow * beat));
    const ripple = (RIPPLE_SHARE / fast) * (1 - Math.cos(fast * beat));
    return (60 / bpm) * (beat + depth * (swell + ripple));
  };
}

function stepMap(bpm: number, steps: readonly { beat: number; bpm: number }[]): TempoMap {
  const legs = [{ beat: 0, seconds: 0, bpm }];
  for (const step of steps) {
    const last = legs.at(-1)!;
    legs.push({ ...step, seconds: last.seconds + ((step.beat - last.beat) * 60) / last.bpm });
  }
  return (beat) => {
    const leg = legs.findLast((candidate) => candidate.beat <= beat) ?? legs[0]!;
    return leg.seconds + ((beat - leg.beat) * 60) / leg.bpm;
  };
}
