import { basename, extname } from 'node:path';
import type { Failure } from '@tutti/contract';
import type { Kernels } from '@tutti/dsp';
import {
  choosePreview,
  correctLevel,
  isAsPlanned,
  type LevelTry,
  type MasterPlan,
  type MasterResult,
  type MeasuredSong,
  type PreviewSpan,
  planMaster,
  type ReferenceDistance,
  referenceDistance,
  type SampleMemory,
} from '@tutti/music/mastering';
import { companionPath } from '../companion-file.ts';
import { failureOf } from '../failure.ts';
import { drawMasterReport } from '../master-report/master-report.ts';
import { writeWhole } from '../write-whole.ts';
import { listeningPair } from './listening-pair.ts';
import { type MasterRequest, planOptionsOf } from './master-request.ts';
import { type MeasuredFile, measureFile } from './measure-file.ts';
import { previewMaster, type WrittenPreview } from './preview-master.ts';
import { type RenderedMaster, type RenderMasterToFileOptions, renderMasterToFile } from './render-master-to-file.ts';

/** A file to master. */
export interface MasterTask {
  /** Absolute. */
  readonly path: string;
  /** What the master is to be; or the plan of it. */
  readonly wanted: { readonly request: MasterRequest } | { readonly plan: MasterPlan };
  /** Where it goes; null when only a plan is wanted. */
  readonly out: string | null;
  /** Replace files that are there. */
  readonly force: boolean;
  /** Write a page about it, beside it. */
  readonly report: boolean;
  /** Write the most telling half minute of it only, and a pair to compare. */
  readonly preview: boolean;
}

/** A master that was written. */
export interface WrittenMaster {
  readonly path: string;
  /** The page about it; null when none was asked for, or it could not be written. */
  readonly report: string | null;
  /** Why there is no page, where one was asked for: the master is there all the same. */
  readonly reportError?: Failure;
  readonly seconds: number;
  readonly sampleRate: number;
  /** How it compares with its plan. */
  readonly result: MasterResult;
  /** How far from the reference it was and is; null without one. */
  readonly reference: { readonly before: ReferenceDistance; readonly after: ReferenceDistance } | null;
}

export type MasteredFile =
  | {
      readonly path: string;
      readonly plan: MasterPlan;
      readonly written: WrittenMaster | null;
      readonly preview: WrittenPreview | null;
    }
  | { readonly path: string; readonly error: Failure };

/** What is being done, and the share of it that is done. */
export type OnMasterProgress = (doing: 'measuring' | 'rendering', share: number) => void;

interface MasterFileOptions {
  /** The thread's, for samples: what is taken of it may be given back when the file is mastered. */
  readonly memory: SampleMemory;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnMasterProgress | undefined;
}

/**
 * Masters one file: measures it, plans, renders, and measures what came out; writes its report, if one is asked for.
 * @param kernels the thread's instance; what this allocates in it is freed again
 * @throws as `measureFile` and `renderMasterToFile`
 */
export async function masterFile(
  { path, wanted, out, force, report, preview }: MasterTask,
  kernels: Kernels,
  { memory, signal, onProgress }: MasterFileOptions,
): Promise<MasteredFile> {
  const measure = () =>
    measureFile(path, kernels, {
      keep: out !== null,
      ...{ memory, signal },
      onProgress: (share: number) => onProgress?.('measuring', share),
    });
  const measured = 'request' in wanted || report || preview ? await measure() : undefined;
  const plan = 'plan' in wanted ? wanted.plan : planOf(measured!, wanted.request, kernels, memory);
  if (out === null) return { path, plan, written: null, preview: null };
  if (preview) {
    const heard = await previewMaster(plan, measured!, out, kernels, { force, signal });
    return { path, plan, written: null, preview: heard };
  }
  const reference = 'request' in wanted ? wanted.request.reference : undefined;
  const span = report ? choosePreview(measured!.song) : undefined;
  const rendered = await render(plan, out, kernels, {
    ...{ force, signal, wholeMeasurement: report || reference !== undefined, measured },
    keep: span,
    onProgress: (share) => onProgress?.('rendering', share),
  });
  const { plan: followed, result } = rendered;
  const { sampleRate } = followed.output;
  const distance = (song: MeasuredSong) => referenceDistance(song.figures, reference!.figures);
  const written: WrittenMaster = {
    ...{ path: out, seconds: followed.source.seconds, sampleRate, result },
    ...(span ? await writeReport(path, out, measured!.song, rendered, span, kernels) : { report: null }),
    reference: reference ? { before: distance(measured!.song), after: distance(rendered.song!) } : null,
  };
  return { path, plan: followed, written, preview: null };
}

/** The page about a master. The master is written: a page that cannot be does not undo it. */
async function writeReport(
  path: string,
  out: string,
  before: MeasuredSong,
  { plan, song, gainChanges, kept }: RenderedMaster,
  span: PreviewSpan,
  kernels: Kernels,
): Promise<Pick<WrittenMaster, 'report' | 'reportError'>> {
  const page = companionPath(out, 'html');
  const mark = kernels.mark();
  try {
    const title = basename(path, extname(path));
    const listening = await listeningPair(kept!, span, kernels);
    await writeWhole(page, drawMasterReport({ title, plan, before, after: song!, gainChanges, listening }));
    return { report: page };
  } catch (error) {
    const { message, ...failure } = failureOf(error);
    return {
      report: null,
      reportError: { ...failure, message: `the master is written, its report is not: ${message}` },
    };
  } finally {
    kernels.release(mark);
  }
}

function planOf(
  { song, source, warnings }: MeasuredFile,
  request: MasterRequest,
  kernels: Kernels,
  memory: SampleMemory,
): MasterPlan {
  const { path, audioHash } = source;
  const plan = planMaster(song, kernels, { ...planOptionsOf(request, { path, audioHash }), memory });
  return { ...plan, warnings: [...warnings, ...plan.warnings] };
}

/**
 * Renders a plan. One that is as it was made rests on excerpts of the song: where the whole comes out at another level, its
 * gain is corrected and it is rendered again. A plan that somebody changed is rendered as it is.
 */
async function render(
  plan: MasterPlan,
  out: string,
  kernels: Kernels,
  options: RenderMasterToFileOptions,
): Promise<RenderedMaster> {
  if (!isAsPlanned(plan)) return (await renderMasterToFile(plan, out, kernels, options))!;
  const tries: LevelTry[] = [];
  for (let current = plan; ; ) {
    const rendered = await renderMasterToFile(current, out, kernels, {
      ...options,
      holdTo: (result) => {
        tries.push({ plan: current, result });
        const correction = correctLevel(tries);
        if ('good' in correction) return correction.good;
        current = correction.next;
        return null;
      },
    });
    if (rendered !== null) return rendered;
  }
}
