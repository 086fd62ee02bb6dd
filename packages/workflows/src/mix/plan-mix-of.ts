import { basename, resolve } from 'node:path';
import type { AnalysisLine } from '@tutti/contract';
import type { TrackAnalysis } from '@tutti/music/analysis';
import { type MixableTrack, type MixPlan, planMix } from '@tutti/music/mixing';
import { type EnergyShape, planSet, type SetOrder } from '@tutti/music/set-planning';
import { WorkflowError } from '../failure.ts';

export interface PlanMixOptions {
  readonly energy?: EnergyShape | undefined;
  /** Choose tracks for about this length; all of them when absent. */
  readonly lengthSeconds?: number | undefined;
  /** Path of the track to begin with. */
  readonly start?: string | undefined;
  readonly keepOrder?: boolean;
  readonly tempo?: 'follow' | number;
  readonly seed: number;
  /** How many different plans, best first; 1 when absent. */
  readonly candidates?: number;
}

/** A whole analysis, as the planner needs it. @throws WorkflowError when a part was left out by `--only` */
function wholeAnalysis(line: AnalysisLine): TrackAnalysis {
  const { tempo, key, loudness, structure, energy, timbre, embedding, warnings, notes } = line;
  if (!tempo || !key || !loudness || !structure || !energy || !timbre || embedding === undefined) {
    throw new WorkflowError(
      'internal',
      `${line.path}: a mix is planned from a whole analysis, and this one has parts left out`,
    );
  }
  return {
    tempo,
    key,
    loudness: loudness as TrackAnalysis['loudness'],
    structure,
    energy,
    timbre,
    embedding,
    warnings,
    notes,
  };
}

/** What a person calls the track: artist and title from its tags, else the name of its file. */
function titleOf({ path, tags: { title, artist } }: AnalysisLine): string {
  if (!title) return basename(path).replace(/\.[^.]+$/, '') || basename(path);
  return artist ? `${artist} - ${title}` : title;
}

function inOrder(tracks: ReadonlyMap<string, MixableTrack>, order: SetOrder): MixableTrack[] {
  return order.tracks.map(({ id }) => tracks.get(id)!);
}

/**
 * Plans mixes of analysed files: which order, then where and how each joins the next.
 * @param lines one for each file, at least one
 * @returns at least one plan, best first; fewer than `candidates` when there are no more different ones
 * @throws WorkflowError 'missing' when `start` is none of the files
 */
export function planMixOf(lines: readonly AnalysisLine[], options: PlanMixOptions): MixPlan[] {
  const tracks = new Map<string, MixableTrack>();
  for (const line of lines) {
    // Absolute, so that a plan can be rendered from anywhere.
    const path = resolve(line.path);
    tracks.set(path, {
      id: path,
      path,
      title: titleOf(line),
      audioHash: line.audioHash,
      seconds: line.format.seconds,
      analysis: wholeAnalysis(line),
    });
  }
  const startId = options.start === undefined ? undefined : resolve(options.start);
  if (startId !== undefined && !tracks.has(startId)) {
    throw new WorkflowError(
      'missing',
      `${options.start} is to be the first track, but it is none of the files that can be mixed`,
    );
  }
  const set = planSet([...tracks.values()], {
    seed: options.seed,
    candidates: options.candidates ?? 1,
    keepOrder: options.keepOrder ?? false,
    ...(options.energy && { energy: options.energy }),
    ...(options.lengthSeconds && { lengthSeconds: options.lengthSeconds }),
    ...(startId && { startId }),
  });
  return [set, ...set.alternatives].map((order) => {
    const plan = planMix(inOrder(tracks, order), { tempo: options.tempo ?? 'follow' });
    return { ...plan, warnings: [...set.warnings, ...plan.warnings] };
  });
}
