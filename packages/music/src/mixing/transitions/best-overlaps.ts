import { tempoStep } from '../../theory/tempo-step.ts';
import type { BeatGrid } from '../beat-grid.ts';
import type { PreparedTrack } from '../mix-track.ts';
import type { TimePoint } from '../time-map.ts';
import { LENGTH_POINTS, USUAL_BARS } from './join-points.data.ts';
import type { JoinSearch } from './join-search.ts';
import type { LaidTrack } from './laid-track.ts';
import { type Overlap, pairedPulses } from './overlap.ts';
import { incomingPlaces, outgoingPlaces } from './overlap-places.ts';
import { quietPoints } from './quiet-points.ts';
import { MAXIMUM_STRETCH } from './why-not-matched.ts';

/** A single beat of a track that drifts may go a little further. */
const MAXIMUM_BEAT_STRETCH = 0.12;
/** Lengths of a transition in bars, all powers of two as phrases are. */
const LENGTHS_IN_BARS = [32, 16, 8, 4, 2, 1] as const;

/**
 * Where two tracks are best laid over each other, for each length: of all bars of the outgoing track's end and bars of the
 * incoming one's beginning, the way with the fewest points whose stretch stays within bounds on every beat.
 * @returns fewest points first; empty when no stretch of theirs can be laid over each other
 */
export function bestOverlaps(out: LaidTrack, incoming: PreparedTrack, search: JoinSearch): Overlap[] {
  const { bars: wished } = search.wish;
  const lengths = wished === undefined ? LENGTHS_IN_BARS : wished > 0 ? [wished] : [];
  const found = lengths.flatMap((bars) => bestOverlap(out, incoming, bars, search) ?? []);
  return found.sort((a, b) => a.points - b.points);
}

function bestOverlap(out: LaidTrack, incoming: PreparedTrack, bars: number, search: JoinSearch): Overlap | undefined {
  const outGrid = out.prepared.grid!;
  const outBpm = out.prepared.heldBpm ?? out.prepared.track.analysis.tempo.bpm!;
  const { pulses: pulsesPerBeat } = tempoStep(outBpm, incoming.track.analysis.tempo.bpm!);
  const pulses = bars * outGrid.meter;
  // A slow track has a bar for every two of the fast one's.
  if (pulsesPerBeat.some((perBeat) => pulses % (perBeat * outGrid.meter) !== 0)) return undefined;
  const ins = incomingPlaces(out, incoming, pulses / pulsesPerBeat[1], pulsesPerBeat, search);
  const outs = outgoingPlaces(out, incoming, pulses / pulsesPerBeat[0], pulsesPerBeat, search);
  const lengthPoints = LENGTH_POINTS * Math.abs(Math.log2(bars / offeredBars(out.prepared, incoming)));
  const found = outs.flatMap((outPlace) =>
    ins.map((inPlace): Overlap => {
      const points = lengthPoints + outPlace.points + inPlace.points;
      return { bars, pulses, pulsesPerBeat, outBeat: outPlace.beat, inBeat: inPlace.beat, points };
    }),
  );
  // Quietness depends on both tracks at once and is dearer to work out: only for those that could still win.
  found.sort((a, b) => a.points - b.points);
  let best: Overlap | undefined;
  for (const overlap of found) {
    if (best !== undefined && overlap.points >= best.points) break;
    const points = overlap.points + quietPoints(out.prepared, incoming, overlap);
    if (best !== undefined && points >= best.points) continue;
    if (stretchWithinBounds(pairedPulses(out, incoming, overlap), overlap, incoming.grid!))
      best = { ...overlap, points };
  }
  return best;
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

function stretchWithinBounds(points: readonly TimePoint[], { pulses }: Overlap, { meter }: BeatGrid): boolean {
  const speed = (from: number, to: number) =>
    (points[to]!.source - points[from]!.source) / (points[to]!.mix - points[from]!.mix);
  for (let pulse = 0; pulse < pulses; pulse++) {
    if (Math.abs(speed(pulse, pulse + 1) - 1) > MAXIMUM_BEAT_STRETCH) return false;
    if (pulse % meter === 0 && Math.abs(speed(pulse, pulse + meter) - 1) > MAXIMUM_STRETCH) return false;
  }
  return true;
}
