import type { PreparedTrack } from './mix-track.ts';
import { chooseOverlap, type LaidTrack, type Overlap, pairedPulses, whyNotMatched } from './overlap.ts';
import { clock } from './reason-words.ts';
import { followedTempo, freeTempo } from './tempo-follow.ts';
import { mixSecondsAt, sourceSecondsAt, speedAt, type TimePoint } from './time-map.ts';

/** How two tracks are joined, before any gain is drawn. Mix and source times in seconds. */
export interface Joint {
  readonly kind: 'beat-matched' | 'cut' | 'fade';
  readonly start: number;
  readonly end: number;
  /** Last moment of the outgoing track and first of the incoming one that is heard. */
  readonly cueOut: number;
  readonly cueIn: number;
  /** The incoming track's whole map. */
  readonly map: readonly TimePoint[];
  /** Where in the incoming track it is alone, and where it is back at its own tempo. */
  readonly inEnd: number;
  readonly glideEnd: number;
  /** Only for a beat-match. */
  readonly overlap?: Overlap;
  readonly pulses?: readonly TimePoint[];
  readonly glideBars?: number;
  /** Moment at which the bass changes hands; null when it does not. */
  readonly bassSwap: number | null;
  /** Why it is not a beat-match; empty when it is one. */
  readonly because: string;
}

/** A cut takes the outgoing track away in this time, so that nothing clicks. */
const CUT_SECONDS = 0.03;
/** The longest fade, and the most of each track that it takes. */
const FADE_SECONDS = 6;
const FADE_SHARE = 0.15;
/** A fade ends where the outgoing track is quieter than usual by this, if that is within a tenth of it from its end. */
const FADED_LU = 8;
const FADED_SHARE = 0.1;
const LOUD_WINDOW_SECONDS = 3;
const LOUD_STEP_SECONDS = 0.25;
/** A cut leaves at most this share of a track unheard. */
const CUT_UNHEARD_SHARE = 0.25;
const CUT_SOLO_SHARE = 0.4;
/** Under its usual loudness by this much, the outgoing track has faded too far to be cut from. */
const CUT_QUIET_LU = 3;
/** What a cut in the middle of a phrase weighs, in seconds of unheard music. */
const MID_PHRASE_SECONDS = 12;
const FADED_SECONDS_PER_LU = 10;

/** Joins a track to the one before it: on the beat when the two allow it, else by a cut on the downbeat or a fade. */
export function joinTracks(out: LaidTrack, incoming: PreparedTrack, rate: number): Joint {
  const because = whyNotMatched(out.prepared, incoming);
  if (because === undefined) {
    const overlap = chooseOverlap(out, incoming);
    if (overlap) return beatMatch(out, incoming, overlap, rate);
  }
  const why = because ?? 'no bars of the two can be laid over each other within what each may give to a transition';
  if (out.prepared.grid !== null && incoming.grid !== null) {
    const cut = cutOnDownbeat(out, incoming, rate, why);
    if (cut) return cut;
  }
  return fade(out, incoming, rate, why);
}

function beatMatch(out: LaidTrack, incoming: PreparedTrack, overlap: Overlap, rate: number): Joint {
  const pulses = pairedPulses(out, incoming, overlap);
  const lastBeat = overlap.inBeat + overlap.pulses / overlap.pulsesPerBeat[1];
  const { map, glideEndSource, glideBars } = followedTempo(incoming, { points: pulses, lastBeat }, rate);
  const { mix: start, source: cueIn } = pulses[0]!;
  const { mix: end, source: inEnd } = pulses.at(-1)!;
  return {
    kind: 'beat-matched',
    start,
    end,
    cueOut: sourceSecondsAt(out.map, end),
    cueIn,
    map,
    inEnd,
    glideEnd: glideEndSource,
    overlap,
    pulses,
    glideBars,
    bassSwap: bassSwapAt(out, incoming, overlap, pulses),
    because: '',
  };
}

/** The bass changes hands at a phrase of either track in the middle half of the transition, else in its middle. */
function bassSwapAt(
  out: LaidTrack,
  incoming: PreparedTrack,
  { bars, pulses, outBeat, inBeat, pulsesPerBeat }: Overlap,
  points: readonly TimePoint[],
): number | null {
  if (bars < 4) return null;
  const middle = pulses / 2;
  const borders = [
    ...incoming.grid!.phraseStarts.map((beat) => (beat - inBeat) * pulsesPerBeat[1]),
    ...out.prepared.grid!.phraseStarts.map((beat) => (beat - outBeat) * pulsesPerBeat[0]),
  ].filter((pulse) => Math.abs(pulse - middle) <= pulses / 4);
  const nearest = borders.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
  return points[nearest ?? middle]!.mix;
}

/** The incoming track's downbeat where the outgoing one's next bar would have been. */
function cutOnDownbeat(out: LaidTrack, incoming: PreparedTrack, rate: number, why: string): Joint | undefined {
  const cueOut = cutPlace(out);
  const grid = incoming.grid!;
  const first = grid.barStarts.find((beat) => grid.beats[beat]! >= incoming.soundStart - 0.05);
  if (cueOut === undefined || first === undefined) return undefined;
  const downbeat = Math.max(0, grid.beats[first]!);
  if (downbeat > CUT_UNHEARD_SHARE * incoming.soundEnd) return undefined;
  const end = mixSecondsAt(out.map, cueOut);
  const map = freeTempo(incoming, { mix: end, source: downbeat }, rate);
  const start = end - CUT_SECONDS;
  return {
    kind: 'cut',
    start,
    end,
    cueOut,
    cueIn: Math.max(0, sourceSecondsAt(map, start)),
    map,
    inEnd: downbeat,
    glideEnd: downbeat,
    bassSwap: null,
    because: `${why}; cut on the downbeat at ${clock(cueOut)}`,
  };
}

/** The outgoing track's bar to be cut at: late, at a phrase, and before a fade-out has gone far. */
function cutPlace({ prepared, cueIn, inEnd }: LaidTrack): number | undefined {
  const { grid, soundStart, soundEnd, loudness } = prepared;
  const { beats, barStarts, phraseStarts, lastBeat } = grid!;
  const phrases = new Set(phraseStarts);
  let best: { time: number; cost: number } | undefined;
  for (const beat of barStarts) {
    const time = beats[beat]!;
    const unheard = soundEnd - time;
    if (beat > lastBeat || unheard < 0 || unheard > CUT_UNHEARD_SHARE * (soundEnd - soundStart)) continue;
    if (time - inEnd < CUT_SOLO_SHARE * (time - cueIn)) continue;
    const faded = loudness ? Math.max(0, loudness.integratedLufs - CUT_QUIET_LU - loudness.at(time - 1.5)) : 0;
    const cost = unheard + (phrases.has(beat) ? 0 : MID_PHRASE_SECONDS) + FADED_SECONDS_PER_LU * faded;
    if (best === undefined || cost < best.cost) best = { time, cost };
  }
  return best?.time;
}

/** The end of one over the beginning of the other, no beats compared. */
function fade(out: LaidTrack, incoming: PreparedTrack, rate: number, why: string): Joint {
  const cueOut = Math.max(out.inEnd, lastLoudMoment(out.prepared));
  const alone = cueOut - out.inEnd;
  const heard = incoming.soundEnd - incoming.soundStart;
  const seconds = Math.min(FADE_SECONDS, FADE_SHARE * heard, FADE_SHARE * (cueOut - out.cueIn), alone / 2);
  const end = mixSecondsAt(out.map, cueOut);
  const start = end - seconds / speedAt(out.map, end);
  const map = freeTempo(incoming, { mix: start, source: incoming.soundStart }, rate);
  const inEnd = sourceSecondsAt(map, end);
  return {
    kind: 'fade',
    start,
    end,
    cueOut,
    cueIn: sourceSecondsAt(map, start),
    map,
    inEnd,
    glideEnd: inEnd,
    bassSwap: null,
    because: why,
  };
}

/** Where a track has faded so far that nothing is lost behind it. */
function lastLoudMoment({ loudness, soundStart, soundEnd }: PreparedTrack): number {
  if (loudness === null) return soundEnd;
  const earliest = soundEnd - FADED_SHARE * (soundEnd - soundStart);
  const floor = loudness.integratedLufs - FADED_LU;
  let time = soundEnd;
  while (time > earliest && loudness.at(time - LOUD_WINDOW_SECONDS / 2) < floor) time -= LOUD_STEP_SECONDS;
  return time;
}
