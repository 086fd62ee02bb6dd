/** A job that ended. */
export interface EndedJob {
  readonly type: string;
  readonly state: 'done' | 'skipped' | 'failed';
  /** From its asking to the beginning of the try that ended it. */
  readonly waitSeconds: number;
  /** Of that try. */
  readonly seconds: number;
}

/** A part of the work on a job that a thread did. */
export interface EndedStage {
  /** The type of the job. */
  readonly type: string;
  /** As its progress calls it. */
  readonly stage: string;
  readonly seconds: number;
  /** How long the sound is that all of the stage went through; null where it is not one sound. */
  readonly soundSeconds: number | null;
}

/** Told of what is worked on in this process: figures are made of it. */
export interface JobObserver {
  jobEnded(job: EndedJob): void;
  stageEnded(stage: EndedStage): void;
  /** An analysis was needed. @param known whether it had been made before */
  analysisNeeded(known: boolean): void;
}
