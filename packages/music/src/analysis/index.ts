export { EMBEDDING_MODEL } from './embedding/embedding.ts';
export { type EmbeddingStatistics, embeddingStatistics } from './embedding/embedding-statistics.ts';
export { FINGERPRINT_MODEL, fingerprintWords } from './fingerprint/fingerprint.ts';
export { featuresHeard } from './listening-stream.ts';
export { soundingFeatures } from './sounding-frames.ts';
export type { AccentCurves } from './tempo/accent-curves.ts';
export {
  type BeatCandidate,
  type BeatHypothesis,
  beatHypotheses,
  TACTUS_EVIDENCE,
  type TactusEvidence,
} from './tempo/tactus.ts';
export { finestOf, hearBeats } from './tempo/tempo-analysis.ts';
export { confidenceEvidence, confidenceIn } from './tempo/tempo-candidates.ts';
export { TEMPO_MODEL } from './tempo/tempo-model.data.ts';
export { CONFIDENCE_EVIDENCE, type ConfidenceModel, type TempoModel } from './tempo/tempo-model.ts';
export { TEMPOGRAM_FFT_SIZE } from './tempo/tempogram.ts';
export { beatsPerMinute } from './tempo/usual-interval.ts';
export type {
  EmbeddingAnalysis,
  EnergyAnalysis,
  KeyAnalysis,
  LoudnessAnalysis,
  StructureAnalysis,
  TempoAnalysis,
  TimbreAnalysis,
  TrackAnalysis,
} from './track-analysis.ts';
export { keyProfile, type TrackEvidence } from './track-evidence.ts';
export { ANALYSER_VERSION, analyseClip, TrackListener, type TrackListenerOptions } from './track-listener.ts';
