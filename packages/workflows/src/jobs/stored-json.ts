import type { StoredFile } from '@tutti/contract';
import type { ResultStore } from '@tutti/media';

/** Keeps a document. */
export async function storedJson(store: ResultStore, json: string): Promise<StoredFile> {
  return { ...(await store.put(json)), ending: 'json' };
}
