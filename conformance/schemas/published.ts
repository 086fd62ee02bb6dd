import {
  analysisFailureSchema,
  analysisLineSchema,
  configurationFileSchema,
  duplicatesSchema,
  facetsSchema,
  importFailureSchema,
  importReportSchema,
  jobOfTypeSchema,
  listedTrackSchema,
  playlistEntrySchema,
  playlistPreviewSchema,
  playlistSchema,
  playSchema,
  scanReportSchema,
  setPlanFailureSchema,
  setPlanSchema,
  similarFailureSchema,
  similarTrackSchema,
  tagEditSchema,
  tagFailureSchema,
  tagUndoSchema,
} from '@tutti/contract';
import { balancePlanJsonSchema } from '@tutti/music/balancing';
import { masterPlanJsonSchema, masterPresetJsonSchema } from '@tutti/music/mastering';
import { mixPlanJsonSchema } from '@tutti/music/mixing';
import { z } from 'zod';

/** The JSON Schemas that docs/schemas publishes, by file name. */
export function publishedSchemas(): Readonly<Record<string, unknown>> {
  return {
    'tutti.analysis-1.schema.json': z.toJSONSchema(z.union([analysisLineSchema, analysisFailureSchema])),
    'tutti.balance-plan-1.schema.json': balancePlanJsonSchema(),
    'tutti.configuration-1.schema.json': z.toJSONSchema(configurationFileSchema),
    'tutti.duplicates-1.schema.json': z.toJSONSchema(duplicatesSchema),
    'tutti.facets-1.schema.json': z.toJSONSchema(facetsSchema),
    'tutti.import-1.schema.json': z.toJSONSchema(z.union([importReportSchema, importFailureSchema])),
    'tutti.job-1.schema.json': z.toJSONSchema(jobOfTypeSchema),
    'tutti.master-plan-1.schema.json': masterPlanJsonSchema(),
    'tutti.master-preset-1.schema.json': masterPresetJsonSchema(),
    'tutti.mix-plan-1.schema.json': mixPlanJsonSchema(),
    'tutti.play-1.schema.json': z.toJSONSchema(playSchema),
    'tutti.playlist-1.schema.json': z.toJSONSchema(playlistSchema),
    'tutti.playlist-entry-1.schema.json': z.toJSONSchema(playlistEntrySchema),
    'tutti.playlist-preview-1.schema.json': z.toJSONSchema(playlistPreviewSchema),
    'tutti.scan-1.schema.json': z.toJSONSchema(scanReportSchema),
    'tutti.set-plan-1.schema.json': z.toJSONSchema(z.union([setPlanSchema, setPlanFailureSchema])),
    'tutti.similar-1.schema.json': z.toJSONSchema(z.union([similarTrackSchema, similarFailureSchema])),
    'tutti.tag-edit-1.schema.json': z.toJSONSchema(z.union([tagEditSchema, tagUndoSchema, tagFailureSchema])),
    'tutti.track-1.schema.json': z.toJSONSchema(listedTrackSchema),
  };
}
