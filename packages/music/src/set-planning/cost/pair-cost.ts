import { TRANSITION_PIECES } from '../set-track.ts';
import { keyNumberPoints } from './key-points.ts';
import { foldedOctaves, foldPoints, glidePoints, stretchPoints } from './tempo-points.ts';
import type { TrackTable } from './track-table.ts';
import {
  BOTH_WITHOUT_TEMPO_POINTS,
  DIFFERENT_METER_POINTS,
  HALF_POINT_TIMBRE,
  LU_PER_POINT,
  ONE_WITHOUT_TEMPO_POINTS,
  POINTS_PER_LEVEL,
  UNKNOWN_POINTS,
  WEIGHTS,
} from './weights.data.ts';

/** What one step from a track to the next costs, in points, each part weighed: 0 is effortless, about 1 is noticed. */
export interface PairCost {
  /** Distance on the Camelot wheel, relative and parallel keys, energy boosts. */
  readonly key: number;
  /** The stretch needed, half and double tempo, another meter. */
  readonly tempo: number;
  /** How far the tempo glides after the join. */
  readonly glide: number;
  readonly energy: number;
  /** How different they sound. */
  readonly timbre: number;
  /** Singing over singing. */
  readonly vocals: number;
  readonly loudness: number;
  /** How little the outro and the intro offer to mix over. */
  readonly ends: number;
  /** The same artist again at once. */
  readonly artist: number;
  readonly total: number;
}

/** Points for the change of key; an uncertain key counts as much as it is sure, the rest as unknown. */
export function keyPoints(table: TrackTable, from: number, to: number): number {
  const fromKey = table.key[from]!;
  const toKey = table.key[to]!;
  if (fromKey < 0 || toKey < 0) return UNKNOWN_POINTS.key;
  const sure = Math.min(table.keyConfidence[from]!, table.keyConfidence[to]!);
  const rises = table.energy[to]! > table.energy[from]!;
  return sure * keyNumberPoints(fromKey, toKey, rises) + (1 - sure) * UNKNOWN_POINTS.key;
}

/** Points for the change of tempo, half and double tempo folded together, without the glide. */
export function tempoPoints(table: TrackTable, from: number, to: number): number {
  const octaves = table.tempo[to]! - table.tempo[from]!;
  if (Number.isNaN(octaves)) {
    const neither = Number.isNaN(table.tempo[from]!) && Number.isNaN(table.tempo[to]!);
    return neither ? BOTH_WITHOUT_TEMPO_POINTS : ONE_WITHOUT_TEMPO_POINTS;
  }
  const fromMeter = table.meter[from]!;
  const toMeter = table.meter[to]!;
  const metersDiffer = fromMeter !== toMeter && fromMeter > 0 && toMeter > 0;
  return stretchPoints(foldedOctaves(octaves)) + foldPoints(octaves) + (metersDiffer ? DIFFERENT_METER_POINTS : 0);
}

/** Points for how far the tempo moves after the join; without two tempos nothing glides. */
export function tempoGlidePoints(table: TrackTable, from: number, to: number): number {
  const octaves = table.tempo[to]! - table.tempo[from]!;
  return Number.isNaN(octaves) ? 0 : glidePoints(foldedOctaves(octaves));
}

/** Points for a step of energy: one level is free. */
export function energyPoints(table: TrackTable, from: number, to: number): number {
  const levels = Math.abs(table.energy[to]! - table.energy[from]!);
  return Number.isNaN(levels) ? UNKNOWN_POINTS.energy : Math.max(0, levels - 1) * POINTS_PER_LEVEL;
}

/** Points for different loudness: it is matched by gain, but tracks far apart were made for different rooms. */
export function loudnessPoints(table: TrackTable, from: number, to: number): number {
  const lu = Math.abs(table.lufs[to]! - table.lufs[from]!);
  return Number.isNaN(lu) ? UNKNOWN_POINTS.loudness : Math.min(1, lu / LU_PER_POINT);
}

/** Points for what a blend lacks: the worse of the two ends decides. */
export function endsPoints(table: TrackTable, from: number, to: number): number {
  const out = table.outroMixable[from]!;
  const into = table.introMixable[to]!;
  // An end that is not known is taken to be neutral.
  const usual = 1 - UNKNOWN_POINTS.ends;
  return 1 - Math.min(Number.isNaN(out) ? usual : out, Number.isNaN(into) ? usual : into);
}

export function artistPoints(table: TrackTable, from: number, to: number): number {
  return table.artist[from]! >= 0 && table.artist[from] === table.artist[to] ? 1 : UNKNOWN_POINTS.artist;
}

/** Points for how different two tracks sound: 0 alike, half at the distance of two random songs, never quite 1. */
export function timbrePoints(table: TrackTable, from: number, to: number): number {
  if (table.hasEmbedding[from] === 0 || table.hasEmbedding[to] === 0) return UNKNOWN_POINTS.timbre;
  const { embedding, dimensions } = table;
  let squares = 0;
  for (let a = from * dimensions, b = to * dimensions, left = dimensions; left > 0; a++, b++, left--) {
    const difference = embedding[a]! - embedding[b]!;
    squares += difference * difference;
  }
  return squares / (squares + HALF_POINT_TIMBRE);
}

/** How likely both sing at once during the transition, on average over it, as far as both are sure. */
export function vocalPoints(table: TrackTable, from: number, to: number): number {
  const sure = Math.min(table.vocalConfidence[from]!, table.vocalConfidence[to]!);
  if (sure === 0) return UNKNOWN_POINTS.vocals;
  let sum = 0;
  for (let piece = 0; piece < TRANSITION_PIECES; piece++) {
    sum += table.outroVocals[from * TRANSITION_PIECES + piece]! * table.introVocals[to * TRANSITION_PIECES + piece]!;
  }
  return (sure * sum) / TRANSITION_PIECES + (1 - sure) * UNKNOWN_POINTS.vocals;
}

/** The terms that are quickly told, weighed: a pair costs at least that. */
export function leastPairPoints(table: TrackTable, from: number, to: number): number {
  return (
    WEIGHTS.key * keyPoints(table, from, to) +
    WEIGHTS.tempo * tempoPoints(table, from, to) +
    WEIGHTS.glide * tempoGlidePoints(table, from, to) +
    WEIGHTS.energy * energyPoints(table, from, to) +
    WEIGHTS.loudness * loudnessPoints(table, from, to) +
    WEIGHTS.ends * endsPoints(table, from, to) +
    WEIGHTS.artist * artistPoints(table, from, to)
  );
}

/** All terms. */
export function pairPoints(table: TrackTable, from: number, to: number): number {
  return (
    leastPairPoints(table, from, to) +
    WEIGHTS.timbre * timbrePoints(table, from, to) +
    WEIGHTS.vocals * vocalPoints(table, from, to)
  );
}

/** What it costs to go from one track to the next, part by part. */
export function pairCost(table: TrackTable, from: number, to: number): PairCost {
  return {
    key: WEIGHTS.key * keyPoints(table, from, to),
    tempo: WEIGHTS.tempo * tempoPoints(table, from, to),
    glide: WEIGHTS.glide * tempoGlidePoints(table, from, to),
    energy: WEIGHTS.energy * energyPoints(table, from, to),
    timbre: WEIGHTS.timbre * timbrePoints(table, from, to),
    vocals: WEIGHTS.vocals * vocalPoints(table, from, to),
    loudness: WEIGHTS.loudness * loudnessPoints(table, from, to),
    ends: WEIGHTS.ends * endsPoints(table, from, to),
    artist: WEIGHTS.artist * artistPoints(table, from, to),
    total: pairPoints(table, from, to),
  };
}
