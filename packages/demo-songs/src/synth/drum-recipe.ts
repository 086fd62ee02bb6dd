import type { DrumName } from './drum-name.ts';

/** A sine whose pitch falls: the skin of a drum. */
export interface DrumTone {
  readonly fromHz: number;
  readonly toHz: number;
  readonly sweepSeconds: number;
  readonly decaySeconds: number;
  readonly level: number;
}

/** A band of noise: wires, cymbals, breath of the hit. */
export interface DrumNoise {
  readonly lowHz: number;
  readonly highHz: number;
  readonly decaySeconds: number;
  readonly attackSeconds?: number;
  readonly level: number;
  /** Several short bursts before the last one, as of many hands. */
  readonly bursts?: number;
  readonly gapSeconds?: number;
  /** 0 mono to 1 independent channels */
  readonly width: number;
}

/** Inharmonic square waves through a high-pass: the metal of hats, rides and bells. */
export interface DrumMetal {
  readonly baseHz: number;
  readonly ratios: readonly number[];
  readonly lowHz: number;
  readonly decaySeconds: number;
  readonly level: number;
}

export interface DrumRecipe {
  readonly tones?: readonly DrumTone[];
  readonly noises?: readonly DrumNoise[];
  readonly metal?: DrumMetal;
  /** Input gain of a soft clipper; none when absent. */
  readonly driveDb?: number;
  readonly levelDb: number;
  /** -1 left to 1 right */
  readonly pan?: number;
}

/** What a style's drums sound like; a drum of the groove that the kit lacks is a mistake of the style. */
export type DrumKit = Readonly<Partial<Record<DrumName, DrumRecipe>>>;
