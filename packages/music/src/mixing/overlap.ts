import { tempoStep } from '../theory/tempo-step.ts';
import type { BeatGrid } from './beat-grid.ts';
import type { LocalLoudness } from './local-loudness.ts';
import type { PreparedTrack } from './mix-track.ts';
import { mixSecondsAt, type TimeMap, type TimePoint } from './time-map.ts';

/** The most a track is stretched or squeezed to meet another's beats; beyond it voices and drums sound wrong. */
export const MAXIMUM_STRETCH = 0.08;
/** A single beat of a track that drifts may go a little further. */
const MAXIMUM_BEAT_STRETCH = 0.12;
/** Lengths of a transition in bars, all powers of two as phrases are. */
const LENGTHS_IN_BARS = [32, 16, 8, 4, 2, 1] as const;
const USUAL_BARS = 16;
/** In a shorter transition the bass does not change hands. */
export const FEWEST_SWAP_BARS = 4;

/**
 * A transition may take this share of what is heard of a track. Lengths being powers of two, at least 40 % of the track
 * stays alone between two of them, even where its end is not heard.
 */
const TRANSITION_SHARE = 0.3;
/** How much of a track may stay unheard at its beginning, and as much at its end. */
const UNHEARD_SHARE = 0.25;

/** Points by which the ways of joining two tracks are compared. */
const POINTS = {
  /** for each minute of a track that is not heard */
  unheardMinute: 1,
  /** for each halving or doubling of the length that both tracks offer */
  length: 0.25,
  /** for beginning the transition in the middle of a phrase, of either track */
  midPhrase: 0.3,
  /** for ending it in the middle of the incoming track's phrase */
  midPhraseEnd: 0.15,
  /** for each phrase of 16 bars between the transition and the intro's end or the outro's start, at most 0.6 */
  beside: 0.3,
  besideMost: 0.6,
  /** for each LU, on average, that the crossfade of both is quieter than usual */
  quiet: 0.3,
} as const;
/** This much below its usual loudness a passage is not yet quiet. */
const QUIET_LU = 3;

/** The outgoing track as it is already laid. */
export interface LaidTrack {
  readonly prepared: PreparedTrack;
  readonly map: TimeMap;
  readonly cueIn: number;
  /** Where its own incoming transition, and the glide after it, ended. */
  readonly inEnd: number;
  readonly glideEnd: number;
}

/** A stretch over which two tracks are heard together, beat on beat. */
export interface Overlap {
  /** Bars of the faster of the two grids. */
  readonly bars: number;
  /** Shared pulses: beats of the faster grid. */
  readonly pulses: number;
  /** Pulses per beat of the outgoing and of the incoming track. */
  readonly pulsesPerBeat: readonly [1 | 2, 1 | 2];
  readonly outBeat: number;
  readonly inBeat: number;
  readonly points: number;
}

/** Source seconds of pulse `pulse` after a beat. */
export function pulseSeconds(grid: BeatGrid, beat: number, pulsesPerBeat: 1 | 2, pulse: number): number {
  const position = beat + pulse / pulsesPerBeat;
  const whole = Math.floor(position);
  const from = grid.beats[whole]!;
  return position === whole ? from : from + (position - whole) * (grid.beats[whole + 1]! - from);
}

/** Every shared pulse of an overlap, as points of the incoming track's map. */
export function pairedPulses(out: LaidTrack, incoming: PreparedTrack, overlap: Overlap): TimePoint[] {
  const [outPulses, inPulses] = overlap.pulsesPerBeat;
  return Array.from({ length: overlap.pulses + 1 }, (_, pulse) => ({
    mix: mixSecondsAt(out.map, pulseSeconds(out.prepared.grid!, overlap.outBeat, outPulses, pulse)),
    source: pulseSeconds(incoming.grid!, overlap.inBeat, inPulses, pulse),
  }));
}

/** Why two tracks cannot be heard beat on beat at all; undefined when they may. */
export function whyNotMatched(out: PreparedTrack, incoming: PreparedTrack): string | undefined {
  for (const { grid, track } of [out, incoming]) if (grid === null) return `"${track.title}" has no beat to match`;
  const meters = [out.grid!.meter, incoming.grid!.meter] as const;
  if (meters[0] !== meters[1]) return `${meters[0]}/4 and ${meters[1]}/4 do not fit over each other`;
  const outBpm = out.heldBpm ?? out.track.analysis.tempo.bpm!;
  const inBpm = incoming.track.analysis.tempo.bpm!;
  const { ratio } = tempoStep(outBpm, inBpm);
  if (Math.abs(1 / ratio - 1) > MAXIMUM_STRETCH)
    return `${inBpm.toFixed(1)} BPM would be stretched by ${percent(1 / ratio - 1)} to meet ${outBpm.toFixed(1)} BPM; the most is ${100 * MAXIMUM_STRETCH} %`;
  return undefined;
}

function percent(share: number): string {
  return `${share < 0 ? '−' : '+'}${(100 * Math.abs(share)).toFixed(1)} %`;
}

/**
 * Where two tracks are best laid over each other: of all lengths, bars of the outgoing track's end and bars of the
 * incoming one's beginning, the way with the fewest points whose stretch stays within bounds on every beat.
 * @returns undefined when no stretch of theirs can be laid over each other
 */
export function chooseOverlap(out: LaidTrack, incoming: PreparedTrack): Overlap | undefined {
  const outGrid = out.prepared.grid!;
  const inGrid = incoming.grid!;
  const outBpm = out.prepared.heldBpm ?? out.prepared.track.analysis.tempo.bpm!;
  const { pulses: pulsesPerBeat } = tempoStep(outBpm, incoming.track.analysis.tempo.bpm!);
  const found: Overlap[] = [];
  for (const bars of LENGTHS_IN_BARS) {
    const pulses = bars * outGrid.meter;
    // A slow track has a bar for every two of the fast one's.
    if (pulsesPerBeat.some((perBeat) => pulses % (perBeat * outGrid.meter) !== 0)) continue;
    const ins = incomingPlaces(incoming, pulses / pulsesPerBeat[1]);
    const outs = outgoingPlaces(out, pulses / pulsesPerBeat[0]);
    const lengthPoints = POINTS.length * Math.abs(Math.log2(bars / offeredBars(out.prepared, incoming)));
    for (const outPlace of outs) {
      for (const inPlace of ins) {
        const points = lengthPoints + outPlace.points + inPlace.points;
        found.push({ bars, pulses, pulsesPerBeat, outBeat: outPlace.beat, inBeat: inPlace.beat, points });
      }
    }
  }
  // Quietness depends on both tracks at once and is dearer to work out: only for those that could still win.
  found.sort((a, b) => a.points - b.points);
  let best: Overlap | undefined;
  for (const overlap of found) {
    if (best !== undefined && overlap.points >= best.points) break;
    const points = overlap.points + quietPoints(out.prepared, incoming, overlap);
    if (best !== undefined && points >= best.points) continue;
    if (stretchWithinBounds(pairedPulses(out, incoming, overlap), overlap, inGrid)) best = { ...overlap, points };
  }
  return best;
}

interface Place {
  readonly beat: number;
  readonly points: number;
}

/** Bars at which the incoming track may begin, with what each costs. */
function incomingPlaces({ grid, soundStart, soundEnd, track }: PreparedTrack, beats: number): Place[] {
  const { barStarts, phraseStarts, firstBeat, lastBeat } = grid!;
  const times = grid!.beats;
  const phrases = new Set(phraseStarts);
  const { introEnd } = track.analysis.structure;
  const period = times[firstBeat + 1]! - times[firstBeat]!;
  return barStarts.flatMap((beat) => {
    const end = beat + beats;
    if (beat < firstBeat || end > lastBeat) return [];
    const time = times[beat]!;
    const unheard = Math.max(0, time - soundStart);
    if (time < soundStart - period || time < -0.05 || unheard > UNHEARD_SHARE * (soundEnd - soundStart)) return [];
    if (times[end]! - time > TRANSITION_SHARE * (soundEnd - time)) return [];
    const points =
      (POINTS.unheardMinute * unheard) / 60 +
      (phrases.has(beat) ? 0 : POINTS.midPhrase) +
      (phrases.has(end) ? 0 : POINTS.midPhraseEnd) +
      besidePoints(times[end]!, introEnd, period * grid!.meter);
    return [{ beat, points }];
  });
}

/** Bars at which the outgoing track may begin to leave, with what each costs. */
function outgoingPlaces({ prepared, cueIn, glideEnd }: LaidTrack, beats: number): Place[] {
  const { grid, soundStart, soundEnd, track } = prepared;
  const { barStarts, phraseStarts, lastBeat } = grid!;
  const times = grid!.beats;
  const phrases = new Set(phraseStarts);
  const { outroStart } = track.analysis.structure;
  const period = times[lastBeat]! - times[lastBeat - 1]!;
  return barStarts.flatMap((beat) => {
    const end = beat + beats;
    if (end > lastBeat || times[beat]! < glideEnd) return [];
    const unheard = Math.max(0, soundEnd - times[end]!);
    if (times[end]! > soundEnd + period || unheard > UNHEARD_SHARE * (soundEnd - soundStart)) return [];
    const heard = times[end]! - cueIn;
    if (times[end]! - times[beat]! > TRANSITION_SHARE * heard) return [];
    const points =
      (POINTS.unheardMinute * unheard) / 60 +
      (phrases.has(beat) ? 0 : POINTS.midPhrase) +
      besidePoints(times[beat]!, outroStart, period * grid!.meter);
    return [{ beat, points }];
  });
}

function besidePoints(time: number, wanted: number | null, barSeconds: number): number {
  if (wanted === null) return 0;
  const bars = Math.abs(time - wanted) / barSeconds;
  return Math.min(POINTS.besideMost, (POINTS.beside * bars) / 16);
}

/** The length that the intro and the outro offer, in bars: 8, 16 or 32; the usual one when neither is known. */
function offeredBars(out: PreparedTrack, incoming: PreparedTrack): number {
  const { introEnd } = incoming.track.analysis.structure;
  const { outroStart } = out.track.analysis.structure;
  const bars: number[] = [];
  if (introEnd !== null) bars.push((introEnd - incoming.soundStart) / barSeconds(incoming));
  if (outroStart !== null) bars.push((out.soundEnd - outroStart) / barSeconds(out));
  const least = Math.min(...bars, bars.length === 0 ? USUAL_BARS : Number.POSITIVE_INFINITY);
  return [32, 16].find((length) => least >= length - 0.5) ?? 8;
}

function barSeconds({ grid, track }: PreparedTrack): number {
  return (grid!.meter * 60) / track.analysis.tempo.bpm!;
}

/** Points for passages where the crossfade is quieter than the tracks usually are: a fade-out is no ground to mix on. */
function quietPoints(out: PreparedTrack, incoming: PreparedTrack, overlap: Overlap): number {
  if (out.loudness === null || incoming.loudness === null) return 0;
  const SAMPLES = 8;
  const swaps = overlap.bars >= FEWEST_SWAP_BARS;
  let sum = 0;
  for (let i = 0; i < SAMPLES; i++) {
    const done = (i + 0.5) / SAMPLES;
    const pulse = Math.round(done * overlap.pulses);
    const outTime = pulseSeconds(out.grid!, overlap.outBeat, overlap.pulsesPerBeat[0], pulse);
    const inTime = pulseSeconds(incoming.grid!, overlap.inBeat, overlap.pulsesPerBeat[1], pulse);
    const outPower = relativePower(out.loudness, outTime, swaps && done > 0.5);
    const inPower = relativePower(incoming.loudness, inTime, swaps && done < 0.5);
    const relativeLu = 10 * Math.log10(Math.max(1e-9, (1 - done) * outPower + done * inPower));
    sum += Math.max(0, -QUIET_LU - relativeLu);
  }
  return (POINTS.quiet * sum) / SAMPLES;
}

/** Power around a moment over the track's usual power; less what its bass has when that is taken away. */
function relativePower(loudness: LocalLoudness, time: number, withoutBass: boolean): number {
  const power = 10 ** ((loudness.at(time) - loudness.integratedLufs) / 10);
  return withoutBass ? power * (1 - loudness.lowShareAt(time)) : power;
}

function stretchWithinBounds(points: readonly TimePoint[], { pulses }: Overlap, { meter }: BeatGrid): boolean {
  const speed = (from: number, to: number) =>
    (points[to]!.source - points[from]!.source) / (points[to]!.mix - points[from]!.mix);
  for (let pulse = 0; pulse < pulses; pulse++) {
    if (Math.abs(speed(pulse, pulse + 1) - 1) > MAXIMUM_BEAT_STRETCH) return false;
    if (pulse % meter === 0 && Math.abs(speed(pulse, pulse + meter) - 1) > MAXIMUM_STRETCH) return false;
  }
  return true;
}
