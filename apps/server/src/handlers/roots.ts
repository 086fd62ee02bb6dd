import { addLibraryRoot, listRoots, removeLibraryRootById, WorkflowError } from '@tutti/workflows';
import { wrongFields } from '../request-error.ts';
import type { Handlers } from './handlers.ts';

type Root = Awaited<ReturnType<typeof listRoots>>[number];

const shown = ({ id, name, files, offlineSince }: Root) => ({
  id,
  path: name,
  files,
  offlineSince: offlineSince?.toISOString() ?? null,
});

export const rootHandlers: Pick<Handlers, 'listRoots' | 'addRoot' | 'removeRoot'> = {
  async listRoots({ library }, { query: { limit, cursor } }) {
    const roots = await listRoots(library);
    const last = roots.findIndex(({ id }) => String(id) === cursor);
    if (cursor !== undefined && last < 0) {
      throw wrongFields([
        { field: 'query.cursor', message: 'the folder where the page before ended is gone: begin anew' },
      ]);
    }
    const items = roots.slice(last + 1, last + 1 + limit).map(shown);
    return { items, next: roots.length > last + 1 + limit ? String(items.at(-1)!.id) : null };
  },
  async addRoot({ library }, { body }) {
    const { path } = await addLibraryRoot(library, body.path);
    const found = (await listRoots(library)).find(({ name }) => name === path);
    if (!found) throw new WorkflowError('missing', `${path} was taken out of the library at the same time`);
    return shown(found);
  },
  async removeRoot({ library }, { params }) {
    await removeLibraryRootById(library, params.root);
    return undefined;
  },
};
