import { type MasterPlan, parseMasterPlan } from '@tutti/music/mastering';
import { z } from 'zod';

const distanceSchema = z.object({
  balanceDb: z.number(),
  loudnessLu: z.number(),
  crestDb: z.number(),
  widthPercent: z.number(),
});

const figure = z.number().nullable();
const writtenSchema = z.object({
  path: z.string(),
  result: z.object({
    after: z.object({ integratedLufs: figure, truePeakDb: figure, crestDb: figure }),
    hardestLimiting: z.object({ seconds: z.number(), reductionDb: z.number() }).nullable(),
  }),
  reference: z.object({ before: distanceSchema, after: distanceSchema }).nullable(),
});
const failedSchema = z.object({
  path: z.string(),
  error: z.object({ kind: z.string(), message: z.string() }),
});

/** What was written of a master, as `--json` says it. */
export type WrittenLine = z.infer<typeof writtenSchema>;

export type MasterLine = { readonly plan: MasterPlan; readonly written: WrittenLine } | z.infer<typeof failedSchema>;

/** What `tutti master --json` printed, one a file. @throws when a line is not what the program promises to print */
export function parseMasterLines(stdout: string): MasterLine[] {
  return jsonLines(stdout).map((json) => {
    const failed = failedSchema.safeParse(json);
    if (failed.success) return failed.data;
    const plan = parseMasterPlan(json);
    return { plan, written: writtenSchema.parse(plan.result) };
  });
}

/** What `--plan-only --json` printed. */
export function parsePlanLines(stdout: string): MasterPlan[] {
  return jsonLines(stdout).map(parseMasterPlan);
}

const previewSchema = z.object({
  path: z.string(),
  span: z.object({ startSeconds: z.number(), endSeconds: z.number(), reason: z.string() }),
});

/** What `--preview --json` printed. */
export function parsePreviewLines(stdout: string): z.infer<typeof previewSchema>[] {
  return jsonLines(stdout).map((json) => previewSchema.parse(parseMasterPlan(json).result));
}

function jsonLines(stdout: string): unknown[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}
