import { z } from 'zod';

/** A number of a plan whose refusal names the range. */
export const between = (minimum: number, maximum: number) =>
  z
    .number(`must be a number between ${minimum} and ${maximum}`)
    .min(minimum, `must be between ${minimum} and ${maximum}`)
    .max(maximum, `must be between ${minimum} and ${maximum}`);

/** Words that must be there: a name, a path, a hash. */
export const text = z
  .string('must be text')
  .min(1, 'must not be empty')
  .max(10_000, 'must be at most 10000 characters');

/** Words for people, which may be empty. */
export const words = z.string('must be text').max(10_000, 'must be at most 10000 characters');
