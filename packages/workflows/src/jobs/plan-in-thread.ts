import { join } from 'node:path';
import type { JobInput, SetPlanDocument } from '@tutti/contract';
import { parseFilter } from '@tutti/music/filter';
import { planMixOf } from '../mix/plan-mix-of.ts';
import { renderMixToFile } from '../mix/render-mix-to-file.ts';
import { planSetOf } from '../set/plan-set-of.ts';
import { setCandidate } from '../set/set-candidate.ts';
import type { SetRequest } from '../set/set-request.ts';
import { listenToFiles } from './listen-to-files.ts';
import type { Made, ThreadTools } from './thread-task.ts';

/** Share of the work until the files are heard. */
const HEARD_FOR_PLAN = 0.9;
const HEARD_FOR_MIX = 0.4;

function requestOf({ filter, ...request }: JobInput<'plan-set'>['request']): SetRequest {
  return { ...request, ...(filter !== undefined && { filter: parseFilter(filter) }) };
}

export async function planSetInThread(
  { files, request }: JobInput<'plan-set'>,
  tools: ThreadTools,
): Promise<Partial<Made>> {
  const lines = await listenToFiles(files, HEARD_FOR_PLAN, tools);
  tools.say({ doing: 'planning', share: HEARD_FOR_PLAN });
  const plans: SetPlanDocument[] = planSetOf(lines.map(setCandidate), requestOf(request));
  return { plans };
}

export async function mixInThread(
  { files, request, tempo, output: { ending, sampleFormat } }: JobInput<'mix'>,
  tools: ThreadTools,
): Promise<Partial<Made>> {
  const lines = await listenToFiles(files, HEARD_FOR_MIX, tools);
  tools.say({ doing: 'planning', share: HEARD_FOR_MIX });
  const [plan] = planMixOf(lines, { ...requestOf({ ...request, candidates: 1 }), tempo });
  const path = join(tools.folder, `mix.${ending}`);
  const { seconds, loudness } = await renderMixToFile(plan!, path, {
    ...{ force: false, picture: false, sampleFormat, threads: 1 },
    onProgress: (done) =>
      tools.say({
        doing: 'rendering',
        share: HEARD_FOR_MIX + ((1 - HEARD_FOR_MIX) * done.seconds) / Math.max(done.totalSeconds, done.seconds, 1e-9),
      }),
  });
  const { integratedLufs, truePeakDb } = loudness;
  return { render: { path, planJson: JSON.stringify(plan), seconds, integratedLufs, truePeakDb } };
}
