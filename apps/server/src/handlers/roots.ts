import { addLibraryRoot, listRoots, removeLibraryRootById, WorkflowError } from '@tutti/workflows';
import type { Handlers } from './handlers.ts';

type Root = Awaited<ReturnType<typeof listRoots>>[number];

const shown = ({ id, name, files, offlineSince }: Root) => ({
  id,
  path: name,
  files,
  offlineSince: offlineSince?.toISOString() ?? null,
});

export const rootHandlers: Pick<Handlers, 'listRoots' | 'addRoot' | 'removeRoot'> = {
  async listRoots({ library }) {
    return { items: (await listRoots(library)).map(shown) };
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
