import { MOST_UPLOAD_BYTES, takeInUploads, type Upload, WorkflowError } from '@tutti/workflows';
import { ownerOf } from '../guard/caller.ts';
import { RequestError } from '../request-error.ts';
import type { Asker, Handlers, Service } from './handlers.ts';

type UploadHandlers = Pick<
  Handlers,
  'uploadSong' | 'beginUpload' | 'listUploads' | 'getUpload' | 'addToUpload' | 'giveUpUpload'
>;

/** Songs that come in at a time, at most. */
const MOST_ARRIVING = 32;

/** Uploads to which somebody is adding. */
const arriving = new Set<string>();

/** Lets one add to an upload at a time, and few at once. */
async function alone<Result>(id: string, work: () => Promise<Result>): Promise<Result> {
  if (arriving.has(id)) throw new RequestError(409, 'Under way', `somebody else is adding to upload ${id}`);
  if (arriving.size >= MOST_ARRIVING) {
    throw new RequestError(503, 'Too many uploads', `${MOST_ARRIVING} songs come in at once, which is the most`, {
      headers: { 'retry-after': '10' },
    });
  }
  arriving.add(id);
  try {
    return await work();
  } finally {
    arriving.delete(id);
  }
}

/** @throws WorkflowError 'limit' before anything is read */
function requireRoom(asker: Asker, most: number): void {
  if (asker.length === undefined || asker.length <= most) return;
  throw new WorkflowError('limit', `${asker.length} bytes are sent, and up to ${most} are taken`);
}

async function takenIn({ library, uploads }: Service, upload: Upload): Promise<Upload> {
  if (upload.path !== null) await takeInUploads(library, uploads.folder);
  return upload;
}

export const uploadHandlers: UploadHandlers = {
  async uploadSong(service, { query }, asker) {
    const { uploads } = service;
    requireRoom(asker, MOST_UPLOAD_BYTES);
    const id = await uploads.begin({
      name: query.name,
      bytes: null,
      owner: ownerOf(asker.caller),
      room: asker.length ?? 0,
    });
    try {
      return await alone(id, async () => takenIn(service, await uploads.add(id, 0, asker.bytes())));
    } catch (error) {
      await uploads.discard(id);
      throw error;
    }
  },
  async beginUpload({ uploads }, { body: { name, bytes } }, { caller }) {
    return uploads.find(await uploads.begin({ name, bytes, owner: ownerOf(caller), room: bytes }));
  },
  async listUploads({ uploads }, { query: { limit, cursor } }) {
    const found = await uploads.list(limit + 1, cursor);
    const items = found.slice(0, limit);
    return { items, next: found.length > limit ? items.at(-1)!.id : null };
  },
  getUpload: ({ uploads }, { params }) => uploads.find(params.upload),
  addToUpload(service, { params: { upload: id }, query: { offset } }, asker) {
    return alone(id, async () => {
      const { uploads } = service;
      const upload = await uploads.find(id);
      if (upload.path !== null) throw new RequestError(409, 'Under way no more', `upload ${id} is whole`);
      if (upload.offset !== offset) {
        const message = `it must be ${upload.offset}: so many bytes are here`;
        throw new RequestError(409, 'Not from there', message, { fields: [{ field: 'query.offset', message }] });
      }
      requireRoom(asker, (upload.bytes ?? MOST_UPLOAD_BYTES) - offset);
      return takenIn(service, await uploads.add(id, offset, asker.bytes()));
    });
  },
  async giveUpUpload({ uploads }, { params }) {
    await alone(params.upload, () => uploads.giveUp(params.upload));
    return undefined;
  },
};
