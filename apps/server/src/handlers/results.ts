import { WorkflowError } from '@tutti/workflows';
import { mediaTypeOf } from '../answer/media-types.data.ts';
import type { Handlers } from './handlers.ts';

export const resultHandlers: Pick<Handlers, 'getResult'> = {
  async getResult({ store }, { params: { key }, query: { ending, name } }) {
    const found = await store.find(key);
    if (found === undefined) throw new WorkflowError('missing', `there is no result ${key}`);
    return {
      ...{ type: mediaTypeOf(ending ?? ''), size: found.bytes, tag: key, lasts: true, name },
      read: (span) => store.read(key, span),
    };
  },
};
