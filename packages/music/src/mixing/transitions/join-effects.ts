import type { MixEffect } from '../effects/effect-schema.ts';

/** Mix seconds of a filter sweep: its ends, and where the bass changes hands. */
interface Sweep {
  readonly start: number;
  readonly end: number;
  readonly swap: number;
  readonly barSeconds: number;
}

/** Mix seconds of a handover: where the effect begins, where the outgoing track leaves, and where its tail has rung out. */
interface Lead {
  readonly start: number;
  readonly end: number;
  readonly tailEnd: number;
  readonly beatSeconds: number;
}

/** A plan is read by people: microseconds are enough. */
const round = (value: number) => Math.round(1e6 * value) / 1e6;
const point = (at: number, value: number) => ({ at: round(at), value: round(value) });

/**
 * Corner of the sweep that takes the outgoing track away: open; a bar before the swap it reaches the bass, at the swap it is above it,
 * and at the end only the hiss of the hats is left.
 */
const SWEEP_HZ = { open: 20, before: 60, swap: 250, end: 4000 } as const;
const SWEEP_RESONANCE_DB = 1;

/** The outgoing track leaves through a high-pass that rises. */
export function sweepOut({ start, end, swap, barSeconds }: Sweep): MixEffect[] {
  const before = Math.max((start + swap) / 2, swap - barSeconds);
  return [
    {
      kind: 'high-pass',
      start,
      end,
      cutoffHz: [
        point(start, SWEEP_HZ.open),
        point(before, SWEEP_HZ.before),
        point(swap, SWEEP_HZ.swap),
        point(end, SWEEP_HZ.end),
      ],
      resonanceDb: SWEEP_RESONANCE_DB,
    },
  ];
}

/** The tail leaves the bass to the incoming track, and the highest notes of it do not hiss. */
const TAIL_LOW_CUT_HZ = 300;
const ECHO_HIGH_CUT_HZ = 6000;
const ECHO_FEEDBACK = 0.55;
const ECHO_WET = 0.7;
/** Echoes of half a beat fall by 60 dB in this many beats at that feedback: -5.2 dB each. */
export const ECHO_TAIL_BEATS = 6;
const ECHO_BEATS = 0.5;

/** More and more of the outgoing track goes into an echo of half a beat; when it leaves, the echo rings off. */
export function echoOut({ start, end, tailEnd, beatSeconds }: Lead): MixEffect[] {
  return [
    {
      kind: 'echo',
      start,
      end: tailEnd,
      seconds: round(ECHO_BEATS * beatSeconds),
      feedback: ECHO_FEEDBACK,
      lowCutHz: TAIL_LOW_CUT_HZ,
      highCutHz: ECHO_HIGH_CUT_HZ,
      send: [point(start, 0), point(end - beatSeconds, 0.8), point(end, 1)],
      wet: ECHO_WET,
    },
  ];
}

const REVERB_HIGH_DECAY = 0.5;
const REVERB_DAMPING_HZ = 4000;
const REVERB_WET = 0.8;

/** The outgoing track sinks into a reverb, whose tail lies over the beginning of the other. */
export function reverbTail({ start, end, tailEnd }: Lead): MixEffect[] {
  return [
    {
      kind: 'reverb',
      start,
      end: tailEnd,
      decaySeconds: round(tailEnd - end),
      highDecay: REVERB_HIGH_DECAY,
      dampingHz: REVERB_DAMPING_HZ,
      lowCutHz: TAIL_LOW_CUT_HZ,
      send: [point(start, 0), point(end, 1)],
      wet: REVERB_WET,
    },
  ];
}

/** Parts of a roll: from which share of it on, how long a loop, in beats. */
const ROLL_STEPS = [
  { share: 0, beats: 1 },
  { share: 0.5, beats: 0.5 },
  { share: 0.75, beats: 0.25 },
  { share: 0.875, beats: 0.125 },
] as const;
const ROLL_HIGH_PASS_HZ = 500;

/**
 * The last bars stand still in loops that get shorter and shorter, and thinner, until the other track drops in. Each shorter loop is the first
 * part of the one before, the beat's attack in it: it is taken when that part has just been heard.
 */
export function loopRoll({ start, end, beatSeconds }: Lead): MixEffect[] {
  const lengthOf = (beats: number) => Math.max(0.02, beats * beatSeconds);
  return [
    {
      kind: 'roll',
      start,
      end,
      seconds: ROLL_STEPS.map(({ share, beats }) => {
        const from = start + share * (end - start);
        return point(share === 0 ? from : from + lengthOf(beats), lengthOf(beats));
      }),
    },
    {
      kind: 'high-pass',
      start,
      end,
      cutoffHz: [point(start, SWEEP_HZ.open), point(end, ROLL_HIGH_PASS_HZ)],
      resonanceDb: SWEEP_RESONANCE_DB,
    },
  ];
}

/** The record is stopped and stands still when the other track begins. */
export function platterStop({ start, end }: Lead): MixEffect[] {
  return [{ kind: 'platter', start, end, seconds: round(end - start) }];
}
