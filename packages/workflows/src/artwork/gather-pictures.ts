import { readFile } from 'node:fs/promises';
import type { Failure } from '@tutti/contract';
import type { FileArtwork, StoredPicture } from '@tutti/library';
import { displayPath, type EmbeddedPicture, MAXIMUM_PICTURE_BYTES, pictureKind } from '@tutti/media';
import { failureOf, WorkflowError } from '../failure.ts';
import { fullPath } from '../scan/scan-options.ts';
import type { BesidePicture } from './beside-pictures.ts';
import { keepPicture, pictureDigest } from './kept-pictures.ts';

/** Pictures of one source of a file, and what was wrong with others. */
export interface GatheredPictures {
  readonly pictures: readonly Omit<FileArtwork, 'source'>[];
  readonly failed: readonly { readonly place: string; readonly reason: Failure }[];
}

/** What became of a picture; a reason as well, because many files have the same. */
type Kept = StoredPicture | { readonly reason: Failure };

/** Pictures whose fate is remembered at most. */
const REMEMBERED = 10_000;

/**
 * Gathers the pictures of many files: each is looked at once, however many files have it or are beside it. What cannot be shown
 * is a reason and no error.
 */
export class PictureGatherer {
  readonly #folder: string;
  readonly #kept = new Map<string, Promise<Kept>>();

  /** @param folder where pictures are kept */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @param name the file that they are in, readable */
  async embedded(pictures: readonly EmbeddedPicture[], name: string): Promise<GatheredPictures> {
    return gathered(
      await Promise.all(
        pictures.map(async ({ kind, data }) => {
          const kept = await this.#once(pictureDigest(data).toString('hex'), () =>
            keepPicture(this.#folder, data, `in ${name}`),
          );
          return { kind, place: name, kept };
        }),
      ),
    );
  }

  /** @param root the root that they are below */
  async beside(pictures: readonly BesidePicture[], root: Buffer): Promise<GatheredPictures> {
    return gathered(
      await Promise.all(
        pictures.map(async ([hex, size, modifiedUs]) => {
          const name = Buffer.from(hex, 'hex');
          const path = fullPath(root, name);
          const place = displayPath(path);
          const key = `${root.toString('hex')} ${hex} ${size} ${modifiedUs}`;
          const kept = await this.#once(key, async () => {
            if (size > MAXIMUM_PICTURE_BYTES) {
              const most = `at most ${MAXIMUM_PICTURE_BYTES} are looked at`;
              throw new WorkflowError('limit', `the picture ${place} has ${size} bytes; ${most}`);
            }
            return keepPicture(this.#folder, await readFile(path), place);
          });
          return { kind: pictureKind(name.subarray(name.lastIndexOf('/') + 1)), place, kept };
        }),
      ),
    );
  }

  #once(key: string, keep: () => Promise<StoredPicture>): Promise<Kept> {
    const before = this.#kept.get(key);
    if (before) return before;
    if (this.#kept.size >= REMEMBERED) this.#kept.clear();
    const kept = keep().catch((error: unknown) => ({ reason: failureOf(error) }));
    this.#kept.set(key, kept);
    return kept;
  }
}

function gathered(all: readonly { kind: string; place: string; kept: Kept }[]): GatheredPictures {
  const pictures = new Map<string, Omit<FileArtwork, 'source'>>();
  const failed: { place: string; reason: Failure }[] = [];
  for (const { kind, place, kept } of all) {
    if ('reason' in kept) failed.push({ place, reason: kept.reason });
    // The same picture twice in one file is one.
    else if (!pictures.has(kept.digest.toString('hex'))) pictures.set(kept.digest.toString('hex'), { kind, ...kept });
  }
  return { pictures: [...pictures.values()], failed };
}

/** Kinds of failures that lie in the picture: there is no use in trying again before it changes. */
const IN_THE_PICTURE: ReadonlySet<Failure['kind']> = new Set(['unsupported', 'corrupt', 'empty', 'limit', 'missing']);

/** Whether all was done that can be done before something changes. */
export function isSettled({ failed }: GatheredPictures): boolean {
  return failed.every(({ reason }) => IN_THE_PICTURE.has(reason.kind));
}
