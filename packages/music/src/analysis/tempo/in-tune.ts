import type { Features, Kernels } from '@tutti/dsp';
import { pitchBlocks } from '../key/pitch-blocks.ts';
import { tuningEvidence, tuningOf } from '../key/tuning.ts';

/** Partials of noise, drums and speech agree less than this on a tuning; those of music reach 0.2. */
const LEAST_AGREEMENT = 0.2;

/** Whether a track has notes: what is in tune is music. @param kernels lend memory for the time of the call */
export function isInTune(kernels: Kernels, features: Features): boolean {
  const tuning = tuningOf(tuningEvidence(kernels, pitchBlocks(kernels, features)));
  return tuning !== null && tuning.agreement >= LEAST_AGREEMENT;
}
