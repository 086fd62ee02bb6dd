import type { MasterPlan } from '@tutti/music/mastering';
import { parsePlanLines } from './master-lines.ts';
import { asSongs, type Mastered, masterSongs, type Program } from './master-songs.ts';
import { runTutti } from './run-tutti.ts';

/** What a second master changes of a first. */
export interface SecondMaster {
  readonly name: string;
  readonly loudnessLu: number;
  readonly crestDb: number;
  /** Root of the mean square over third octaves, at equal level, dB. */
  readonly balanceDb: number;
  /** What the first master changed, by the same measure. */
  readonly firstBalanceDb: number;
  readonly firstCrestDb: number;
  readonly behaviour: string;
  readonly stages: readonly string[];
}

/** Bands this far under the loudest one are not heard, dB. */
const HEARD_DB = 50;

/** Distance of two balances at equal level: root of the mean square over the third octaves that both have, dB. */
export function balanceDistance(a: MasterPlan['measured'], b: MasterPlan['measured']): number {
  const loudest = Math.max(...a.bands.map(({ levelDb }) => levelDb ?? -1000));
  const differences = a.bands.flatMap(({ frequencyHz, levelDb }) => {
    const other = b.bands.find((band) => band.frequencyHz === frequencyHz)?.levelDb ?? null;
    return levelDb === null || other === null || levelDb < loudest - HEARD_DB ? [] : [other - levelDb];
  });
  const mean = differences.reduce((sum, value) => sum + value, 0) / Math.max(1, differences.length);
  const squares = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / Math.max(1, differences.length));
}

/** Masters masters with the same options, and measures what came out. */
export async function masterAgain(
  masters: readonly Mastered[],
  folder: string,
  program: Program,
): Promise<{ readonly seconds: readonly SecondMaster[]; readonly failures: readonly string[] }> {
  const again = await masterSongs(asSongs(masters), folder, program);
  const paths = again.masters.map(({ written }) => written.path);
  if (paths.length === 0) return { seconds: [], failures: again.failures };
  const args = ['master', ...paths, '--plan-only', '--json', '--quiet', ...program.options];
  const { stdout } = await runTutti(args, program);
  const measured = new Map(parsePlanLines(stdout).map((plan) => [plan.source.path, plan.measured]));
  const seconds = again.masters.flatMap(({ song, plan, written }): SecondMaster[] => {
    const first = masters.find((each) => each.song.name === song.name)!.plan.measured;
    const last = measured.get(written.path);
    const { measured: middle } = plan;
    if (!last || last.integratedLufs === null || middle.integratedLufs === null) return [];
    return [
      {
        name: song.name,
        loudnessLu: last.integratedLufs - middle.integratedLufs,
        crestDb: (last.crestDb ?? 0) - (middle.crestDb ?? 0),
        balanceDb: balanceDistance(middle, last),
        firstBalanceDb: balanceDistance(first, middle),
        firstCrestDb: (middle.crestDb ?? 0) - (first.crestDb ?? 0),
        behaviour: plan.behaviour.kind,
        stages: plan.stages.map(({ kind }) => kind),
      },
    ];
  });
  return { seconds, failures: again.failures };
}
