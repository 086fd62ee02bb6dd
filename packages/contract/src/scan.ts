import { z } from 'zod';
import { failureSchema } from './failure.ts';

export const SCAN_SCHEMA = 'tutti.scan/1';

const files = z.int().min(0);

/** What a scan does, in its order. */
export const scanStepSchema = z.enum(['walk', 'sound', 'tags', 'artwork', 'analysis']);

/** What a scan of the library found: `tutti scan --json`. */
export const scanReportSchema = z.strictObject({
  schema: z.literal(SCAN_SCHEMA),
  scan: z.int().positive().describe('its number'),
  resumed: z
    .boolean()
    .describe('whether it went on with one that had been interrupted; what that one found is counted'),
  roots: z.array(z.strictObject({ path: z.string(), offline: z.boolean(), files })).readonly(),
  counts: z.strictObject({
    added: files,
    changed: files.describe('have another size or time than before'),
    moved: files.describe('were missing elsewhere and are known by their sound'),
    unchanged: files,
    missing: files.describe('were there once, in a folder that is there'),
    offline: files.describe('in folders that are away'),
    failed: files.describe('files and places of which something could not be done'),
    analysed: files.describe('have an analysis of this version'),
  }),
  failures: z
    .array(
      z.strictObject({
        step: scanStepSchema,
        path: z.string(),
        error: failureSchema,
      }),
    )
    .readonly()
    .describe('all that is failed at the end, also from earlier scans'),
});
export type ScanReport = z.infer<typeof scanReportSchema>;
