export { EMBEDDING_MODEL } from './embedding/embedding.ts';
export { type EmbeddingStatistics, embeddingStatistics } from './embedding/embedding-statistics.ts';
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
