import { basename, join } from 'node:path';
import { type BalancePlan, parseBalancePlan } from '@tutti/music/balancing';
import { readPlan } from '../read-plan.ts';
import { isThere } from '../write-whole.ts';

/**
 * Reads and checks a balance plan.
 * @param folder where stems are looked for, by their names, that are not where the plan says
 * @throws WorkflowError as `readPlan`
 */
export async function readBalancePlan(path: string, folder: string | undefined): Promise<BalancePlan> {
  const plan = await readPlan(path, 'balance plan', parseBalancePlan);
  if (folder === undefined) return plan;
  const stems = await Promise.all(
    plan.stems.map(async (stem) => {
      const moved = join(folder, basename(stem.source.path));
      if ((await isThere(stem.source.path)) || !(await isThere(moved))) return stem;
      return { ...stem, source: { ...stem.source, path: moved } };
    }),
  );
  return { ...plan, stems };
}
