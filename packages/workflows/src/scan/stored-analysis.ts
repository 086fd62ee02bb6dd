import type { AnalysisLine } from '@tutti/contract';
import type { StoredAnalysis } from '@tutti/library';

/** An analysis as the library keeps it: the whole line, and what lists need of it. */
export function storedAnalysis(line: AnalysisLine): StoredAnalysis {
  const { audioHash, analyser, tempo, key, energy, loudness, timbre, embedding } = line;
  return {
    audioHash,
    analyser: analyser.version,
    kernels: analyser.kernels,
    bpm: tempo?.bpm ?? null,
    bpmConfidence: tempo?.confidence ?? null,
    meter: tempo?.meter ?? null,
    keyTonic: key?.tonic ?? null,
    keyMode: key?.mode ?? null,
    camelot: key?.camelot ?? null,
    keyConfidence: key?.confidence ?? null,
    energy: energy?.level ?? null,
    integratedLufs: loudness?.integratedLufs ?? null,
    truePeakDb: loudness?.truePeakDb ?? null,
    danceability: timbre?.danceability ?? null,
    embedding: embedding ?? null,
    line: JSON.stringify(line),
  };
}
