import type { AnalysisLine } from '@tutti/contract';
import type { MixableTrack } from '@tutti/music/mixing';
import { type SetCandidate, wholeAnalysis } from '../set/set-candidate.ts';

/** A file as a mix is planned of it. @throws WorkflowError when a part of its analysis was left out */
export function mixableTrack({ path, title, audioHash, track }: SetCandidate, line: AnalysisLine): MixableTrack {
  return { id: path, path, title, audioHash, seconds: track.seconds, analysis: wholeAnalysis(line) };
}
