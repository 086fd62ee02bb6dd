import type { MasterPlan } from '@tutti/music/mastering';
import type { FfmpegLoudness } from '../../loudness/ffmpeg-loudness.ts';
import type { WrittenLine } from './master-lines.ts';

/** What an independent meter says of a master. */
export interface JudgedMaster {
  readonly name: string;
  readonly madeBy: string | null;
  readonly behaviour: MasterPlan['behaviour'];
  readonly before: { readonly lufs: number | null; readonly crestDb: number | null };
  /** By ffmpeg. */
  readonly lufs: number;
  readonly truePeakDb: number;
  /** Reached less target, LU, by ffmpeg; null where no loudness is asked for. */
  readonly offTargetLu: number | null;
  /** `warned`: it is not on target, and the plan says why. */
  readonly loudness: 'on target' | 'warned' | 'OFF' | 'as it comes';
  readonly peak: 'under' | 'OVER';
  readonly crestDb: number | null;
  /** Reached less planned, dB. */
  readonly crestErrorDb: number | null;
  readonly limitingDb: number | null;
  readonly hasDynamics: boolean;
  /** Between ours and ffmpeg's, LU: no judgement, but it explains one. */
  readonly metersApartLu: number | null;
}

/** ffmpeg prints loudness and peaks with one decimal, so that no more can be asked of it. */
const ROUNDING = 0.05;
const ON_TARGET_LU = 0.1;
const SAYS_WHY = /instead of|no loudness to lead to|softer than/;

/** @param ffmpeg loudness to a thousandth of a LU, true peak to a tenth of a dB */
export function judgeMaster(
  { name, madeBy }: { readonly name: string; readonly madeBy: string | null },
  plan: MasterPlan,
  written: WrittenLine,
  ffmpeg: Pick<FfmpegLoudness, 'integratedLufs' | 'truePeakDb'>,
): JudgedMaster {
  const { target, expected, measured, behaviour } = plan;
  const { after } = written.result;
  const { loudnessLufs } = target;
  const offTargetLu = loudnessLufs === null ? null : ffmpeg.integratedLufs - loudnessLufs;
  const loudnessOf = (): JudgedMaster['loudness'] => {
    if (offTargetLu === null) return 'as it comes';
    if (Math.abs(offTargetLu) <= ON_TARGET_LU) return 'on target';
    // A master that is louder than it was asked to be has no excuse.
    return offTargetLu < 0 && plan.warnings.some((words) => SAYS_WHY.test(words)) ? 'warned' : 'OFF';
  };
  const difference = (a: number | null, b: number | null) => (a === null || b === null ? null : a - b);
  return {
    name,
    madeBy,
    behaviour,
    before: { lufs: measured.integratedLufs, crestDb: measured.crestDb },
    lufs: ffmpeg.integratedLufs,
    truePeakDb: ffmpeg.truePeakDb,
    offTargetLu,
    loudness: loudnessOf(),
    peak: ffmpeg.truePeakDb <= target.ceilingDb + ROUNDING ? 'under' : 'OVER',
    crestDb: after.crestDb,
    crestErrorDb: difference(after.crestDb, expected.crestDb),
    limitingDb: expected.limitingDb,
    hasDynamics: plan.stages.some(({ kind }) => kind === 'dynamics'),
    metersApartLu: difference(after.integratedLufs, ffmpeg.integratedLufs),
  };
}
