import type { Loudness } from '@tutti/dsp';
import { ENERGY_HOP_SECONDS, energyOf } from '../energy/energy-analysis.ts';
import type { LoudShares } from '../loudness/loud-shares.ts';
import { LOUDNESS_HOP_SECONDS } from '../loudness/loudness-analysis.ts';
import type { EmbeddingAnalysis, TrackAnalysis } from '../track-analysis.ts';
import { joinCurve } from './join-curve.ts';
import { joinKey } from './join-key.ts';
import { joinStructure } from './join-structure.ts';
import { joinTempo } from './join-tempo.ts';
import { joinTimbre } from './join-timbre.ts';
import type { Reel } from './reel.ts';
import { seamOf } from './seam.ts';
import { shareOf } from './share.ts';

const DIGITS = 1e4;

/** What is said of a sound by its features; the meters say the rest. */
export interface HeardSound
  extends Pick<TrackAnalysis, 'tempo' | 'key' | 'structure' | 'energy' | 'timbre' | 'embedding' | 'fingerprint'> {
  readonly loudShares: readonly LoudShares[];
  readonly monoPower: number;
}

/**
 * Puts reels together.
 * @param reels at least one, each beginning before the one before it ends
 * @param extent frames of the whole sound
 * @param loudness of the whole sound
 */
export function joinReels(
  reels: readonly Reel[],
  loudness: Loudness,
  extent: { readonly frames: number; readonly frameRate: number },
): HeardSound {
  const seams = reels.slice(1).map((reel, i) => seamOf(reels[i]!, reel));
  const tempo = joinTempo(reels, seams);
  const drives = joinCurve<number | null>(
    reels,
    ENERGY_HOP_SECONDS,
    ({ heard, drives }) => ({ start: heard.start, values: drives }),
    null,
  );
  return {
    tempo,
    key: joinKey(reels, seams),
    structure: joinStructure(reels, seams, tempo.downbeats),
    energy: energyOf(drives, loudness, extent),
    timbre: joinTimbre(reels),
    embedding: joinEmbedding(reels),
    fingerprint: null,
    loudShares: joinCurve<LoudShares>(
      reels,
      LOUDNESS_HOP_SECONDS,
      ({ heard, loudShares }) => ({ start: heard.start, values: loudShares }),
      { low: 0, octaves: [] },
    ),
    monoPower: reels.reduce((sum, reel) => sum + shareOf(reel, reels) * reel.monoPower, 0),
  };
}

/** Mean of the vectors, by length. */
function joinEmbedding(reels: readonly Reel[]): EmbeddingAnalysis | null {
  const known = reels.filter(({ embedding }) => embedding !== null);
  const first = known[0]?.embedding;
  if (!first) return null;
  const whole = known.reduce((sum, reel) => sum + shareOf(reel, reels), 0);
  const values = first.values.map((_, i) => {
    const sum = known.reduce((total, reel) => total + shareOf(reel, reels) * reel.embedding!.values[i]!, 0);
    return Math.round((DIGITS * sum) / whole) / DIGITS;
  });
  return { model: first.model, values };
}
