/** How `tutti` ends (contracts: Commands). */
export const EXIT = {
  done: 0,
  itemsFailed: 1,
  wrongUse: 2,
  programMissing: 3,
  cancelled: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Wrong use that the argument parser cannot see: ends with exit code 2 and its message. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
