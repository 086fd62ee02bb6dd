import type { Features } from '@tutti/dsp';
import { pitchBlocks } from '../key/pitch-blocks.ts';
import { tuningOf } from '../key/tuning.ts';

/** Partials of noise, drums and speech agree less than this on a tuning; those of music reach 0.2. */
const LEAST_AGREEMENT = 0.2;

/** Whether a track has notes: what is in tune is music. */
export function isInTune(features: Features): boolean {
  const tuning = tuningOf(pitchBlocks(features));
  return tuning !== null && tuning.agreement >= LEAST_AGREEMENT;
}
