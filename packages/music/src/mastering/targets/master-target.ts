import type { MasterPlan, MasterTarget } from '../plan-schema.ts';

/** What a master is made for: what is asked of it, and what its file is like unless told. */
export interface MasterTargetDefinition extends MasterTarget {
  /** For people. */
  readonly title: string;
  /** Below it the sound is made mono, Hz; null: a style decides. */
  readonly monoBelowHz: number | null;
  /** A rate of null keeps that of the source. */
  readonly output: Omit<MasterPlan['output'], 'sampleRate'> & { readonly sampleRate: number | null };
  /** Where its numbers come from. */
  readonly source: string;
}
