import type { Kernels } from '@tutti/dsp';
import type { Excerpt } from '../../mastering/measure/excerpt-keeper.ts';
import type { MeasuredSong } from '../../mastering/measure/measured-song.ts';
import { decideDeEsser } from '../../mastering/plan/decide-de-esser.ts';
import { decideDynamics } from '../../mastering/plan/decide-dynamics.ts';
import { decideRumble } from '../../mastering/plan/decide-rumble.ts';
import { masterStyle, USUAL_STYLE } from '../../mastering/styles/find-style.ts';
import { runStages } from '../../mastering/trial/run-stages.ts';
import type { StemStage } from '../plan-schema.ts';
import type { StemKind } from '../stem-kinds.ts';
import { KIND_RULES } from './balance-rules.data.ts';
import { decideLowCut } from './decide-low-cut.ts';

/** Words for what a compressor finds. */
const UNEVEN: Readonly<Record<StemKind, string>> = {
  vocals: 'an uneven voice',
  drums: 'drums with tall peaks',
  bass: 'an uneven bass',
  harmonic: 'an uneven part',
  backing: 'an uneven backing',
  other: 'uneven sounds',
};

/** The stages of a stem that follow from the stem alone: what is cut below it, compression, and sibilants. */
export function decideAlone(
  kernels: Kernels,
  kind: StemKind,
  song: MeasuredSong,
  excerpts: readonly Excerpt[],
): StemStage[] {
  const format = { sampleRate: song.sampleRate, channels: 2 };
  const present = <T>(stage: T | null): T[] => (stage === null ? [] : [stage]);
  const low = present(decideLowCut(kind, song.figures.bands) ?? decideRumble(song));
  const style = masterStyle(USUAL_STYLE);
  const rule = { words: UNEVEN[kind], dynamics: KIND_RULES[kind].dynamics };
  const cut = runStages(kernels, format, low, excerpts);
  const dynamics = decideDynamics(kernels, format, { rule }, { style, aimCrestDb: null }, cut);
  const sibilants = kind === 'vocals' ? decideDeEsser({ song, filterRate: song.sampleRate }) : null;
  return [...low, ...present(dynamics), ...present(sibilants)];
}
