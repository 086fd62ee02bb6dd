import type { HeardStem } from '../listen/hear-stem.ts';
import type { PlannedStem } from '../plan-schema.ts';

/** A stem that was heard, and the file that it is in. */
export interface StemToMix {
  readonly heard: HeardStem;
  readonly source: PlannedStem['source'];
}
