import { dirname } from 'node:path';
import type { Failure } from '@tutti/contract';
import { Kernels } from '@tutti/dsp';
import { openAudio } from '@tutti/media';
import {
  type BalanceFigures,
  type BalancePlan,
  type PlannedBalance,
  type PlanStemsOptions,
  planStems,
  type ReferenceDistance,
  type ReferenceMix,
  referenceMix,
  withBus,
} from '@tutti/music/balancing';
import { measureSource } from '@tutti/music/mastering';
import type { StemFile } from './hear-file.ts';
import { hearStems } from './hear-stems.ts';
import { renderBalanceToFile } from './render-balance-to-file.ts';

export interface BalanceRequest {
  /** LUFS */
  readonly loudnessLufs: number;
  /** dBTP */
  readonly ceilingDb: number;
  readonly output: PlanStemsOptions['output'];
  /** File of a mix to be led towards. */
  readonly reference?: string | undefined;
}

/** What is being done, and the share of all that is done. */
export type OnBalanceProgress = (doing: 'listening' | 'adding up' | 'rendering', share: number) => void;

export interface BalanceOptions {
  /** Threads that hear stems; the machine's cores when absent. */
  readonly jobs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnBalanceProgress | undefined;
}

/** A plan that was made of files, or the files that could not be used. */
export type BalancePlanning =
  | { readonly plan: BalancePlan; readonly distanceOf: PlannedBalance['distanceOf'] }
  | { readonly failures: readonly { readonly path: string; readonly error: Failure }[] };

/** Share of the work until stems are heard, and until their sum is measured. */
const HEARD = 0.5;
const SUMMED = 0.75;

/**
 * Plans a mix of stems: hears each, plans all together, adds them up as planned, and plans what is done to the sum. A stem that
 * cannot be read is no mix without it: all such files are told.
 * @param files at least one
 * @throws MediaError, BalancingError 'source' when the reference cannot be used; AbortError when `signal` is aborted
 */
export async function planBalance(
  files: readonly StemFile[],
  { reference: referencePath, loudnessLufs, ceilingDb, output }: BalanceRequest,
  { jobs, signal, onProgress }: BalanceOptions = {},
): Promise<BalancePlanning> {
  const kernels = new Kernels();
  const reference = referencePath === undefined ? undefined : await hearReferenceFile(referencePath, kernels, signal);
  const heard = await hearStems(files, {
    ...{ jobs, signal },
    onProgress: (share) => onProgress?.('listening', HEARD * share),
  });
  const failures = heard.filter((each) => 'error' in each);
  if (failures.length > 0) return { failures };
  const usable = heard.filter((each) => 'stem' in each);
  const { plan, distanceOf } = planStems(
    usable.map(({ stem }) => stem),
    { target: { loudnessLufs, ceilingDb }, output, reference },
  );
  const sum = await renderBalanceToFile(plan, null, kernels, {
    wholeMeasurement: true,
    signal,
    onProgress: (share) => onProgress?.('adding up', HEARD + (SUMMED - HEARD) * share),
  });
  const whole = withBus(plan, sum.song!, kernels, reference);
  const warnings = [
    ...usable.flatMap(({ stem, warnings: odd }) => odd.map((warning) => `${stem.heard.name}: ${warning}`)),
    ...folderWarnings(files),
    ...whole.warnings,
  ];
  return { plan: { ...whole, warnings }, distanceOf };
}

async function hearReferenceFile(
  path: string,
  kernels: Kernels,
  signal: AbortSignal | undefined,
): Promise<ReferenceMix> {
  return referenceMix(path, await measureSource(await openAudio(path, { signal }), kernels, { signal }));
}

function folderWarnings(files: readonly StemFile[]): string[] {
  const folders = [...new Set(files.map(({ path }) => dirname(path)))];
  return folders.length < 2
    ? []
    : [`The stems lie in ${folders.length} folders (${folders.slice(0, 3).join(', ')}): all are mixed as one song.`];
}

/** A mix that was written. */
export interface WrittenBalance {
  readonly path: string;
  readonly seconds: number;
  readonly sampleRate: number;
  readonly figures: BalanceFigures;
  /** How far the stems as they came, and the mix, are from the reference; null without one. */
  readonly reference: { readonly before: ReferenceDistance; readonly after: ReferenceDistance } | null;
}

/** Renders a plan into a file. @throws as `renderBalanceToFile` */
export async function renderBalanceFile(
  plan: BalancePlan,
  out: { readonly path: string; readonly force: boolean },
  distanceOf: PlannedBalance['distanceOf'],
  { signal, onProgress }: BalanceOptions = {},
): Promise<WrittenBalance> {
  const { figures, song } = await renderBalanceToFile(plan, out, new Kernels(), {
    wholeMeasurement: distanceOf !== null,
    signal,
    onProgress: (share) => onProgress?.('rendering', SUMMED + (1 - SUMMED) * share),
  });
  return {
    ...{ path: out.path, seconds: plan.seconds, sampleRate: plan.output.sampleRate, figures },
    reference:
      distanceOf === null || plan.reference === null
        ? null
        : { before: plan.reference.before, after: distanceOf(figures, song!) },
  };
}
