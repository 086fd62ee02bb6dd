export type {
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
