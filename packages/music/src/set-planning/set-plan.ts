import type { TrackAnalysis } from '../analysis/track-analysis.ts';

/** A track that may go into a set. */
export interface PlannableTrack {
  /** Unique in the list. */
  readonly id: string;
  readonly title: string;
  /** Length of the whole track, above 0. */
  readonly seconds: number;
  readonly analysis: TrackAnalysis;
}

export const ENERGY_SHAPES = ['rise', 'fall', 'peak', 'wave', 'flat'] as const;
/** How the energy should go over the set. */
export type EnergyShape = (typeof ENERGY_SHAPES)[number];

export interface SetPlanOptions {
  /** Without it only sudden steps of energy cost. */
  readonly energy?: EnergyShape;
  /** Choose tracks for about this length; without it every track is used. */
  readonly lengthSeconds?: number;
  /** The track to open with. */
  readonly startId?: string;
  /** Keep the order given; a length then cuts the list's end off. */
  readonly keepOrder?: boolean;
  /** Whole number; decides between equally good orders only. */
  readonly seed: number;
  /** How many different orders to return, best first, 1 to 20; 1 unless told. */
  readonly candidates?: number;
}

/** What one step from a track to the next costs, in points: 0 is effortless, about 1 is a step a listener notices. */
export interface PairCost {
  readonly key: number;
  readonly tempo: number;
  readonly energy: number;
  readonly loudness: number;
  readonly total: number;
}

export interface PlannedTrack {
  readonly id: string;
  readonly title: string;
  /** Energy that the curve asks for at this place, 1 to 10; null when no curve was asked for. */
  readonly targetEnergy: number | null;
  /** Points for missing the curve. */
  readonly curveCost: number;
  readonly reason: string;
}

export interface PlannedPair {
  readonly fromId: string;
  readonly toId: string;
  readonly cost: PairCost;
  readonly reason: string;
}

/** One order of tracks. */
export interface SetOrder {
  readonly tracks: readonly PlannedTrack[];
  /** One fewer than `tracks`. */
  readonly pairs: readonly PlannedPair[];
  /** Points of all pairs and of missing the curve; lower is better. */
  readonly cost: number;
  /** How long the set is about to be, transitions overlapped. */
  readonly seconds: number;
}

export interface SetPlan extends SetOrder {
  /** How the order was found: proven best, best found, or as given. */
  readonly method: 'exact' | 'beam search' | 'given order';
  readonly seed: number;
  /** Other orders, each different from those before it in a good part of its pairs; best first. */
  readonly alternatives: readonly SetOrder[];
  /** Ids of the tracks that a wanted length left out. */
  readonly leftOut: readonly string[];
  /** Sentences for people. */
  readonly warnings: readonly string[];
}
