import type { MessagePort } from 'node:worker_threads';
import type { AnalysisLine, Failure, JobInput, JobProgress } from '@tutti/contract';
import type { Kernels } from '@tutti/dsp';
import type { RecordingFile } from '../duplicates/recording-file.ts';

/** The types that are worked on in threads by what they are given. What needs the database is not. */
type GivenType = 'analyse' | 'plan-set' | 'mix' | 'master' | 'balance';
export type ThreadType = GivenType | 'duplicates';

/** What is compared, out of the database. */
export interface ComparedRecordings {
  readonly type: 'duplicates';
  readonly edits: boolean;
  readonly recordings: readonly RecordingFile[];
}

/** A job that a thread works on. */
export type ThreadJob =
  | { readonly [Type in GivenType]: { readonly type: Type; readonly input: JobInput<Type> } }[GivenType]
  | ComparedRecordings;

/** A job as a thread is given it. */
export interface ThreadTask {
  readonly job: ThreadJob;
  /** Of a job over several files: their analyses, where there are any. */
  readonly known?: readonly (AnalysisLine | undefined)[] | undefined;
  /** Where files are made. */
  readonly folder: string;
  /** What is said on the way goes here. */
  readonly port: MessagePort;
}

/** How loud a sound is that was made. */
export interface MadeLevel {
  readonly seconds: number;
  readonly integratedLufs: number | null;
  readonly truePeakDb: number | null;
}

/** What a thread made of a job: documents, sounds as files in its folder. */
export interface Made {
  readonly analysis: AnalysisLine;
  readonly plans: readonly unknown[];
  /** A JSON document for each group of files. */
  readonly duplicates: readonly string[];
  readonly render: MadeLevel & { readonly path: string; readonly planJson: string };
}

export type ThreadDone = Partial<Made> | { readonly error: Failure };

/** What the work on a job has beside its input. */
export interface ThreadTools {
  readonly kernels: Kernels;
  readonly known: readonly (AnalysisLine | undefined)[];
  readonly folder: string;
  readonly say: (progress: JobProgress<ThreadType>) => void;
}
