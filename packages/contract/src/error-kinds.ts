/** Every way in which an item can fail. Exit codes and HTTP statuses are made from these in the apps, nowhere else. */
export const ERROR_KINDS = [
  'unsupported',
  'corrupt',
  'empty',
  'limit',
  'missing',
  'denied',
  'cancelled',
  'internal',
] as const;
export type ErrorKind = (typeof ERROR_KINDS)[number];
