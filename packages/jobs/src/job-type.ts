/** Why a job failed, as the contract words it. */
export interface JobFailure {
  readonly kind: string;
  readonly message: string;
  readonly needs?: string | undefined;
}

/** Gives what it was given, in its type. @throws when it is none; a Zod schema's `parse` is one */
export type Parser<Value> = (value: unknown) => Value;

/**
 * What is done first: a person waits for `urgent` (a battle), somebody asked for `usual`, and `background` is what the
 * house does by itself.
 */
export const PRIORITY_CLASSES = ['background', 'usual', 'urgent'] as const;
export type PriorityClass = (typeof PRIORITY_CLASSES)[number];

/** What one job keeps busy while it runs: a worker runs as many as fit beside each other. */
export interface JobCost {
  /** Cores of the processor; `all` for work that spreads itself over the machine. */
  readonly cores: number | 'all';
  readonly memoryBytes: number;
}

/** Trying again after a failure. Doing so after the loss of a worker is no matter of the type: it is always done. */
export interface RetryPolicy {
  /** Times, beside the first. */
  readonly limit: number;
  /** Before the first of them; each later one waits five times as long. */
  readonly delaySeconds: number;
  /** Whether another try may go better: most failures are the file's own, and stay. */
  helps(failure: JobFailure): boolean;
}

/** A kind of work: what it is given, what it says on its way, what it gives. */
export interface JobType<Input, Progress, Result> {
  /** As the outside knows it: `analyse`, `render-mix`. */
  readonly name: string;
  readonly input: Parser<Input>;
  readonly progress: Parser<Progress>;
  readonly result: Parser<Result>;
  readonly priority: PriorityClass;
  readonly cost: JobCost;
  readonly retries?: RetryPolicy | undefined;
  /** Two jobs of one key are one job while the first has not ended: asking again gives that one. None: all are different. */
  key?(input: Input): string;
}

export type AnyJobType = JobType<unknown, unknown, unknown>;

/** What a handler has beside its input. */
export interface JobContext<Progress> {
  readonly id: string;
  readonly owner: string;
  /** 1 the first time; more after a failure or the loss of a worker. */
  readonly attempt: number;
  /** Aborted when the job is cancelled, or when the worker has to stop: then the job is begun again elsewhere. */
  readonly signal: AbortSignal;
  /** Says how far it is, as often as it likes: the last word of a second is written. */
  progress(progress: Progress): void;
}

/** A handler gives it instead of a result where there was nothing to do. */
export class Skipped {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

/**
 * Does a job. It may be called again for the same job (a worker that ended, a failure that another try may mend): what it
 * leaves behind must be the same after one call and after two.
 */
export type Handler<Input, Progress, Result> = (
  input: Input,
  context: JobContext<Progress>,
) => Promise<Result | Skipped>;

/** A type with who does it. */
export interface HandledType {
  readonly type: AnyJobType;
  /** Checks what goes in and what comes out. */
  run(input: unknown, context: JobContext<unknown>): Promise<unknown>;
}

/** Binds a handler to its type. */
export function handle<Input, Progress, Result>(
  type: JobType<Input, Progress, Result>,
  work: Handler<Input, Progress, Result>,
): HandledType {
  return {
    type,
    async run(input, { progress, ...context }) {
      const done = await work(type.input(input), { ...context, progress: (said) => progress(type.progress(said)) });
      return done instanceof Skipped ? done : type.result(done);
    },
  };
}
