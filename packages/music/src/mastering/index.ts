export { SpanRecorder } from '../rendering/span-recorder.ts';
export { clipSource } from '../sources/clip-source.ts';
export type { TrackSource } from '../sources/track-source.ts';
export { type AlbumSong, planAlbum } from './album/plan-album.ts';
export { MasterChain, type MasterChainOptions } from './chain/master-chain.ts';
export { MasteringError, type MasteringErrorKind } from './mastering-error.ts';
export { MOST_TRIED_SECONDS } from './measure/excerpt-keeper.ts';
export { hopLevels } from './measure/hop-levels.ts';
export { keptSong } from './measure/kept-song.ts';
export { type MeasureOptions, measureSource } from './measure/measure-source.ts';
export type { MeasuredSong } from './measure/measured-song.ts';
export { MixdownListener, type MixdownListenerOptions } from './measure/mixdown-listener.ts';
export type { MasterMeasurement } from './measurement-schema.ts';
export { parseMasterPlan } from './parse-master-plan.ts';
export { isAsPlanned } from './plan/plan-fingerprint.ts';
export { type PlanMasterOptions, planMaster } from './plan/plan-master.ts';
export { type Behaviour, type MasterPlan, type MasterTarget, masterPlanJsonSchema } from './plan-schema.ts';
export { parseMasterPreset } from './presets/parse-preset.ts';
export { type MasterPreset, masterPresetJsonSchema } from './presets/preset-schema.ts';
export { presetOf, withPreset } from './presets/with-preset.ts';
export { choosePreview, type KnownSection, type PreviewSpan, spanFrames } from './preview/choose-preview.ts';
export { type LoudnessMatch, matchLoudness } from './preview/match-loudness.ts';
export { type MasterPreview, type PreviewOptions, renderPreview } from './preview/render-preview.ts';
export {
  type ReferenceDistance,
  type ReferenceSong,
  referenceDistance,
  withReference,
} from './reference/match-reference.ts';
export {
  type GainChange,
  type RenderMasterOptions,
  type RenderProgress,
  renderMaster,
} from './render/render-master.ts';
export { SampleMemory } from './sample-memory.ts';
export type { MasterStage, StageKind, StageOf } from './stage-schemas.ts';
export { MASTER_STYLES, masterStyle, USUAL_STYLE } from './styles/find-style.ts';
export type { MasterStyle } from './styles/master-style.ts';
export { MASTER_TARGETS, masterTarget, USUAL_TARGET } from './targets/find-target.ts';
export type { MasterTargetDefinition } from './targets/master-target.ts';
export { correctLevel, type LevelTry } from './verify/correct-level.ts';
export { type MasterFigures, MasterMeter } from './verify/master-meter.ts';
export { compareWithPlan, type MasterResult, requirePromises } from './verify/verify-master.ts';
