import { join } from 'node:path';
import type { JobInput } from '@tutti/contract';
import { planBalance, renderBalanceFile } from '../balance/balance-stems.ts';
import { WorkflowError } from '../failure.ts';
import { masterTask } from '../master/master-worker.ts';
import type { Made, ThreadTools } from './thread-task.ts';

/** Share of the work until the song is measured. */
const MEASURED = 0.4;

function outputOf({ sampleFormat }: JobInput<'master'>['output']) {
  return { sampleFormat, dither: sampleFormat === 'float32' ? 'none' : 'triangular' } as const;
}

export async function masterInThread(
  { path, output, ...request }: JobInput<'master'>,
  { folder, say }: ThreadTools,
): Promise<Partial<Made>> {
  const out = join(folder, `master.${output.ending}`);
  const mastered = await masterTask(
    {
      ...{ path, out, force: false, report: false, preview: false },
      wanted: { request: { ...request, output: outputOf(output) } },
    },
    undefined,
    (doing, share) =>
      say({ doing, share: doing === 'measuring' ? MEASURED * share : MEASURED + (1 - MEASURED) * share }),
  );
  if ('error' in mastered) throw new WorkflowError(mastered.error.kind, mastered.error.message);
  const { plan, written } = mastered;
  const { integratedLufs, truePeakDb } = written!.result.after;
  return {
    render: { path: out, planJson: JSON.stringify(plan), seconds: written!.seconds, integratedLufs, truePeakDb },
  };
}

export async function balanceInThread(
  { files, output, ...request }: JobInput<'balance'>,
  { folder, say }: ThreadTools,
): Promise<Partial<Made>> {
  const options = { jobs: 1, onProgress: (doing: string, share: number) => say({ doing, share: Math.min(1, share) }) };
  const planning = await planBalance(
    files.map((path) => ({ path })),
    { ...request, output: outputOf(output) },
    options,
  );
  if ('failures' in planning) {
    const [{ path, error }] = planning.failures as [(typeof planning.failures)[number]];
    throw new WorkflowError(error.kind, `${path}: ${error.message}`);
  }
  const { plan, distanceOf } = planning;
  const path = join(folder, `balance.${output.ending}`);
  const { seconds, figures } = await renderBalanceFile(plan, { path, force: false }, distanceOf, options);
  const { integratedLufs, truePeakDb } = figures;
  return { render: { path, planJson: JSON.stringify(plan), seconds, integratedLufs, truePeakDb } };
}
