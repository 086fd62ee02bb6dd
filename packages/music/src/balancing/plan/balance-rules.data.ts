import type { DynamicsRule } from '../../mastering/plan/behaviours.data.ts';
import type { StemKind } from '../stem-kinds.ts';

/** How a kind of stem is mixed. */
export interface KindRule {
  /** Level against a lead voice, LU; null: that of the kinds together that it stands for. */
  readonly relativeLu: number | null;
  /**
   * How the level of a kind grows with the number of its stems, as a power of that number: 0 when they are parts of one
   * instrument, which is as loud as ever; 1 when each is as loud as it would be alone.
   */
  readonly growth: number;
  /** How much softer stems of long notes are, which lie behind the others, LU. */
  readonly sustainedLu: number;
  /** May be moved out of the middle when it comes in mono, and how far, 0 to 1. */
  readonly widestPan: number;
  /** Nothing that matters lies below, Hz; null: nothing is cut. */
  readonly lowCutHz: number | null;
  /** How much of a dry stem goes to the room, dB; null: none. */
  readonly sendDb: number | null;
  /** Tames peaks; null: never. */
  readonly dynamics: DynamicsRule | null;
}

const COMPRESSION = {
  mode: 'compress',
  kneeDb: 8,
  share: 0.5,
  mostCrestDb: 4,
  underPeakDb: [4, 8, 12, 16],
} as const;

/**
 * Levels: where multitrack mixes were measured, the lead voice is the loudest element, about 3 to 4 LU under the whole mix,
 * drums come next and the bass is softer on a K-weighted meter. B. De Man, B. Leonard, R. King and J. D. Reiss, "An analysis and
 * evaluation of audio features for multitrack music mixtures", ISMIR 2014; G. Wichern, A. Wishnick, A. Lukin and H. Robertson,
 * "Comparison of loudness features for automatic level adjustment in mixing", AES 139 (2015). The order is theirs; the numbers
 * are choices of ours in whole and half LU, fitted to nothing. A backing is as loud as those of its parts together that are no stem.
 * Growth: parts of a drum kit are one instrument, as subgroups are treated in D. Ronan, B. De Man, H. Gunes and J. D. Reiss,
 * "The impact of subgrouping practices on the perception of multitrack mixes", AES 139 (2015).
 * Panning: low sounds and the lead stay in the middle: E. Perez Gonzalez and J. D. Reiss, "A real-time semiautonomous audio
 * panning system for music mixing", EURASIP Journal on Advances in Signal Processing (2010); P. Pestana and J. D. Reiss,
 * "Intelligent audio production strategies informed by best practices", AES 53 (2014).
 * Room: for what came dry alone, and soft: too much reverberation is disliked more than too little: B. De Man, K. McNally and
 * J. D. Reiss, "Perceptual evaluation and analysis of reverberation in multitrack music production", JAES 65 (2017).
 * Compression: only of what has more crest than its kind is left with: slower on what lives by its attacks.
 */
export const KIND_RULES: Readonly<Record<StemKind, KindRule>> = {
  vocals: {
    relativeLu: 0,
    growth: 0.5,
    sustainedLu: 0,
    widestPan: 0,
    lowCutHz: 80,
    sendDb: -16,
    dynamics: { ...COMPRESSION, ratio: 3, attackSeconds: 0.01, releaseSeconds: 0.15, rangeDb: 6, aimCrestDb: 15 },
  },
  drums: {
    relativeLu: -1,
    growth: 0,
    sustainedLu: 0,
    widestPan: 0,
    lowCutHz: null,
    sendDb: null,
    dynamics: { ...COMPRESSION, ratio: 2, attackSeconds: 0.02, releaseSeconds: 0.1, rangeDb: 4, aimCrestDb: 18 },
  },
  bass: {
    relativeLu: -3,
    growth: 0,
    sustainedLu: 0,
    widestPan: 0,
    lowCutHz: null,
    sendDb: null,
    dynamics: { ...COMPRESSION, ratio: 3, attackSeconds: 0.02, releaseSeconds: 0.2, rangeDb: 5, aimCrestDb: 13 },
  },
  harmonic: {
    relativeLu: -1.5,
    growth: 0.75,
    sustainedLu: 4,
    widestPan: 0.5,
    lowCutHz: 60,
    sendDb: -14,
    dynamics: { ...COMPRESSION, ratio: 2, attackSeconds: 0.015, releaseSeconds: 0.15, rangeDb: 4, aimCrestDb: 17 },
  },
  backing: {
    relativeLu: null,
    growth: 0.5,
    sustainedLu: 0,
    widestPan: 0,
    lowCutHz: null,
    sendDb: null,
    dynamics: null,
  },
  other: { relativeLu: -4, growth: 0.5, sustainedLu: 4, widestPan: 0.5, lowCutHz: null, sendDb: null, dynamics: null },
};

/** What a backing is made of: it stands for those of which there is no stem, and for harmonic instruments in any case. */
export const PARTS_OF_BACKING = ['drums', 'bass', 'harmonic'] as const;

/** Onsets a second at which a stem is half of long notes; twice as many or half of them decide. */
export const SUSTAINED_ONSETS = 0.4;

/** What holds the sum together: two to one, slow to take hold and 2 dB at most. */
export const GLUE: DynamicsRule = {
  ...{ mode: 'compress', ratio: 2, kneeDb: 10, attackSeconds: 0.03, releaseSeconds: 0.2, rangeDb: 2 },
  ...{ aimCrestDb: 13, share: 0.5, mostCrestDb: 1.5, underPeakDb: [4, 7, 10] },
};
