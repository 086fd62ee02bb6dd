import type { Behaviour } from '../plan-schema.ts';

/** What a behaviour does to the level over time. */
export interface DynamicsRule {
  readonly mode: 'compress' | 'expand';
  readonly ratio: number;
  readonly kneeDb: number;
  readonly attackSeconds: number;
  readonly releaseSeconds: number;
  /** Most that the gain is changed, dB. */
  readonly rangeDb: number;
  /** The crest factor that the song is led towards, dB, and by which share of the way. */
  readonly aimCrestDb: number;
  readonly share: number;
  /** Most that the crest factor is changed, dB. */
  readonly mostCrestDb: number;
  /** Thresholds that are tried, dB under the largest peak. */
  readonly underPeakDb: readonly number[];
}

/** A song belongs to the first row whose ranges hold its loudness and its crest factor. */
export interface BehaviourRule {
  readonly kind: Behaviour;
  /** LUFS, from and up to. */
  readonly loudness: readonly [number, number];
  /** dB, from and up to; of a style that takes more dynamics for usual they are higher. */
  readonly crest: readonly [number, number];
  /** What such a song is, for people. */
  readonly words: string;
  readonly dynamics: DynamicsRule | null;
}

const ANY = Number.POSITIVE_INFINITY;

/**
 * Choices of ours, after what is found in releases: E. Deruty and D. Tardieu, "About dynamic processing in mainstream music",
 * JAES 62 (2014), and E. Vickers, "The loudness war: background, speculation and recommendations", AES 129 (2010), have crest
 * factors of 14 to 18 dB before 1990 and around 10 dB, at -9 LUFS, in the loudest years since; mixdowns are delivered softer
 * and with larger crest factors.
 */
export const BEHAVIOURS_BY_LEVEL_AND_CREST: readonly BehaviourRule[] = [
  {
    kind: 'expand',
    loudness: [-12.5, ANY],
    crest: [0, 13],
    words: 'loud and over-compressed',
    dynamics: {
      mode: 'expand',
      ratio: 0.5,
      kneeDb: 3,
      attackSeconds: 0.001,
      releaseSeconds: 0.05,
      rangeDb: 5,
      aimCrestDb: 15,
      share: 0.5,
      mostCrestDb: 3,
      underPeakDb: [1, 2, 3, 4],
    },
  },
  {
    kind: 'compress-heavy',
    loudness: [-ANY, -16],
    crest: [20, ANY],
    words: 'quiet and uncontrolled',
    dynamics: {
      mode: 'compress',
      ratio: 3,
      kneeDb: 8,
      attackSeconds: 0.0015,
      releaseSeconds: 0.12,
      rangeDb: 10,
      aimCrestDb: 14,
      share: 0.6,
      mostCrestDb: 6,
      underPeakDb: [3, 6, 9, 13],
    },
  },
  {
    kind: 'compress-light',
    loudness: [-ANY, -16],
    crest: [15, 20],
    words: 'quiet and dynamic',
    dynamics: {
      mode: 'compress',
      ratio: 2,
      kneeDb: 8,
      attackSeconds: 0.0015,
      releaseSeconds: 0.12,
      rangeDb: 6,
      aimCrestDb: 14,
      share: 0.5,
      mostCrestDb: 3,
      underPeakDb: [2, 4, 7, 11],
    },
  },
  { kind: 'preserve', loudness: [-ANY, ANY], crest: [0, ANY], words: 'well made', dynamics: null },
];
