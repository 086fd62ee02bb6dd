import { ERROR_KINDS, type ErrorKind, type Failure } from '@tutti/contract';

/** What went wrong where floors meet: a plan that does not fit its files, a file that changed. */
export class WorkflowError extends Error {
  override readonly name = 'WorkflowError';
  readonly kind: ErrorKind;
  /** The program or service that would have helped. */
  readonly needs?: string;

  constructor(kind: ErrorKind, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
  }
}

/** Kinds of errors of other floors that are ones of the contract under another name. */
const KINDS_BY_OTHER_NAMES: Readonly<Record<string, ErrorKind>> = {
  source: 'unsupported',
  'invalid-option': 'unsupported',
  'invalid-plan': 'corrupt',
  'invalid-preset': 'corrupt',
  // A plan as it was made is led to what it promises: only a defect breaks it.
  'broken-promise': 'internal',
};

function kindOf(error: unknown): ErrorKind {
  if (!(error instanceof Error)) return 'internal';
  if (error.name === 'AbortError') return 'cancelled';
  const kind = (error as { kind?: unknown }).kind;
  return ERROR_KINDS.find((known) => known === kind) ?? KINDS_BY_OTHER_NAMES[String(kind)] ?? 'internal';
}

/** An error of any floor as the contract words it: one of the closed set of kinds, and a sentence. */
export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const needs = error instanceof Error ? (error as { needs?: unknown }).needs : undefined;
  return {
    kind: kindOf(error),
    message: message || 'failed without saying why',
    ...(typeof needs === 'string' && { needs }),
  };
}

/** The error that a failure tells of, which may come from another thread. */
export function errorOf({ kind, message, needs }: Failure): WorkflowError {
  return Object.assign(new WorkflowError(kind, message), needs !== undefined && { needs });
}
