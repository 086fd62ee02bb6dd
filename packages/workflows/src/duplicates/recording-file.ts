import { resolve } from 'node:path';
import type { AnalysisLine } from '@tutti/contract';
import { fingerprintWords } from '@tutti/music/analysis';
import { WorkflowError } from '../failure.ts';
import { titleOf } from '../set/set-candidate.ts';

/** A file as duplicates are told by, and what speaks for keeping it: a small part of its analysis. */
export interface RecordingFile {
  readonly path: string;
  readonly audioHash: string;
  readonly title: string;
  readonly format: AnalysisLine['format'];
  /** dB; null for silence. */
  readonly crestDb: number | null;
  /** How many of title, artist, album, tempo and key its tags know. */
  readonly tags: number;
  /** Null for what cannot be compared: silence, a short sample, hours of sound. */
  readonly sound: { readonly models: string; readonly values: Float32Array; readonly words: Uint16Array } | null;
}

/** @throws WorkflowError 'unsupported' for an analysis without fingerprint, 'corrupt' for one that holds no words */
export function recordingFile(line: AnalysisLine): RecordingFile {
  const { embedding, fingerprint, audioHash, format, tags } = line;
  if (embedding === undefined || fingerprint === undefined)
    throw new WorkflowError(
      'unsupported',
      `${line.path}: its analysis has no fingerprint (parts were left out, or it is of an older version): analyse it anew`,
    );
  try {
    return {
      ...{ path: resolve(line.path), audioHash, title: titleOf(line), format },
      crestDb: line.loudness?.crestDb ?? null,
      tags: Object.values(tags).filter((tag) => tag !== null).length,
      sound: embedding &&
        fingerprint && {
          models: `${embedding.model}, ${fingerprint.model}`,
          values: Float32Array.from(embedding.values),
          words: fingerprintWords(fingerprint),
        },
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new WorkflowError('corrupt', `${line.path}: ${error.message}`, error);
  }
}
