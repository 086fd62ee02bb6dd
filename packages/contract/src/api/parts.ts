import { z } from 'zod';

/** For operations that have no parameters, no query. */
export const none = z.strictObject({});

/** A number that is not 0, in a path or a query. */
export const idParameter = z.coerce.number().int().positive();

/** Yes or no in a query. */
export const yesOrNo = z.enum(['true', 'false']).describe('no when absent');

/** Which tracks are meant, as `tutti list` has it. */
export const filterParameter = z
  .string()
  .max(2000)
  .describe('which tracks are meant: `bpm:120-128 key:8A..10A energy>=6 NOT artist:abba`; all when absent');

export const MOST_ON_A_PAGE = 500;

/** What says which part of a list is wanted. */
export const pageParameters = {
  limit: z.coerce.number().int().min(1).max(MOST_ON_A_PAGE).default(50).describe('on a page, at most'),
  cursor: z.string().min(1).max(4000).optional().describe('`next` of the page before'),
};

/** A part of a list. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({
    items: z.array(item).readonly(),
    next: z.string().nullable().describe('the `cursor` of the page after this one; null where this is the last'),
  });
}
