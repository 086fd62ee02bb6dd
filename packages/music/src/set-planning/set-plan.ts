import type { PairCost } from './cost/pair-cost.ts';
import type { CurvePoint } from './drawn-curve.ts';
import type { EnergyShape } from './energy-curve.ts';

export interface SetPlanOptions {
  /** A shape over the energies that the tracks have, or drawn levels (1 to 10). Without it only steps of energy cost. */
  readonly energy?: EnergyShape | readonly CurvePoint[];
  /** Choose tracks for about this length; without it every track is used. */
  readonly lengthSeconds?: number;
  /** The track to open with. */
  readonly firstId?: string;
  /** The track to end with. */
  readonly lastId?: string;
  /** Tracks that must be in the set. */
  readonly mustIds?: readonly string[];
  /** Tracks that must not be in the set. */
  readonly notIds?: readonly string[];
  /** Tracks that must be in the set in this order, others may come between them. */
  readonly orderIds?: readonly string[];
  /** Tracks that must be in the set, the second of each pair right after the first. */
  readonly pairIds?: readonly (readonly [string, string])[];
  /** Only tracks with a tempo of their own within these bounds, BPM. */
  readonly tempoRange?: { readonly lowest: number; readonly highest: number };
  /** The tempo over the set in BPM: each track, or half or double of it, within 8 % of where its middle lies. */
  readonly tempoPath?: readonly CurvePoint[];
  /** Keep the order given; a length then cuts the list's end off. */
  readonly keepOrder?: boolean;
  /** Whole number; decides between equally good sets, and where the search looks next when it cannot look everywhere. */
  readonly seed: number;
  /** False: search even where every set can be looked at (14 tracks), to see how good the search is. */
  readonly exhaustive?: boolean;
  /** How many different sets to return, best first, 1 to 20; 1 unless told. */
  readonly candidates?: number;
}

export interface PlannedTrack {
  readonly id: string;
  readonly title: string;
  /** Where it begins in the set, transitions overlapped. */
  readonly startSeconds: number;
  /** Energy that the curve asks for at this place, 1 to 10; null when no curve was asked for. */
  readonly targetEnergy: number | null;
  /** Points for missing the energy curve and the tempo path. */
  readonly curveCost: number;
  readonly reason: string;
}

export interface PlannedPair {
  readonly fromId: string;
  readonly toId: string;
  readonly cost: PairCost;
  readonly reason: string;
}

/** One set. */
export interface SetOrder {
  readonly tracks: readonly PlannedTrack[];
  /** One fewer than `tracks`. */
  readonly pairs: readonly PlannedPair[];
  /** Points for artists that come again, wherever, in a set that was chosen. */
  readonly artistCost: number;
  /** Points of all pairs, of missing the curve and of artists that come again; lower is better. */
  readonly cost: number;
  /** What sets are compared by: `cost`, or, where a length is wanted, that a track and what missing the length costs. */
  readonly score: number;
  /** How long the set is about to be, transitions overlapped. */
  readonly seconds: number;
  /** 0 to 1, how different it is from the nearest of those before it (see `setDifference`); null for the first. */
  readonly difference: number | null;
  /** The whole in a sentence. */
  readonly reason: string;
}

export interface SetPlan extends SetOrder {
  /** How the set was found: proven best, best found, or as given. */
  readonly method: 'exact' | 'search' | 'given order';
  readonly seed: number;
  /** Other sets, each different from those before it by `LEAST_DIFFERENCE`; best first. */
  readonly alternatives: readonly SetOrder[];
  /** Ids of the tracks that are not in it. */
  readonly leftOut: readonly string[];
  /** Sentences for people. */
  readonly warnings: readonly string[];
}
