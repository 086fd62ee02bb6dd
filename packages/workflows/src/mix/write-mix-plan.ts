import type { MixPlan } from '@tutti/music/mixing';
import { WorkflowError } from '../failure.ts';
import { isThere, writeWhole } from '../write-whole.ts';

/** Writes a mix plan, as `--plan-only` prints it. @throws WorkflowError 'denied', also when a file is there and not to be replaced */
export async function writeMixPlan(path: string, plan: MixPlan, { force }: { readonly force: boolean }): Promise<void> {
  if (!force && (await isThere(path))) throw new WorkflowError('denied', `${path} is there already`);
  await writeWhole(path, `${JSON.stringify(plan, null, 2)}\n`);
}
