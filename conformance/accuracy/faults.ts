import type { Answer } from './answers.ts';
import type { Truth } from './corpus.ts';
import type { FileScores } from './judge-file.ts';
import { keyRelation } from './metrics/key-metrics.ts';
import { tempoRatio } from './metrics/tempo-metrics.ts';

/** An F-measure below this is called wrong: less than half is right. */
const HALF_RIGHT = 0.5;

/** What is wrong about an answer, in a few words each; empty when nothing is. */
export function faultsOf(truth: Truth, answer: Answer | undefined, scores: FileScores): string[] {
  if (!answer) return ['no answer'];
  if (answer.failed) return ['failed'];
  const faults: string[] = [];
  if (scores.noTempo === 0) faults.push('a tempo where there is none');
  if (scores.acc1 === 0) faults.push(tempoFault(tempoRatio(answer.bpm, truth.bpms![0]!)));
  const halves = [
    ['beats', scores.beatF],
    ['downbeats', scores.downbeatF],
    ['sections', scores.boundary05],
  ] as const;
  for (const [name, value] of halves) {
    if (value !== undefined && value < HALF_RIGHT) faults.push(`${name} ${(100 * value).toFixed(0)} %`);
  }
  if (scores.keyExact === 0) {
    const relation = keyRelation(truth.key!, answer.key);
    faults.push(relation === 'none' ? 'no key' : relation === 'other' ? 'another key' : `key ${relation}`);
  }
  return faults;
}

function tempoFault(ratio: string): string {
  if (ratio === 'none') return 'no tempo';
  return ratio === 'other' ? 'another tempo' : `tempo times ${ratio}`;
}
