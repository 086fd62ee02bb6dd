import { ARTWORK_SIZES, artworkFolder, pictureById, picturesById } from '@tutti/workflows';
import { bytesInMemory } from '../answer/send-bytes.ts';
import type { Handlers } from './handlers.ts';

export const pictureHandlers: Pick<Handlers, 'listPictures' | 'getPicture'> = {
  async listPictures({ library }, { params }) {
    const pictures = await picturesById(library, params.track);
    return { items: pictures.map(({ digest, ...picture }) => ({ digest: digest.toString('hex'), ...picture })) };
  },
  async getPicture({ library }, { params, query }) {
    const which = params.picture === 'best' ? undefined : params.picture;
    const size = ARTWORK_SIZES.find((each) => String(each) === query.size);
    const { bytes, mediaType, digest } = await pictureById(library, artworkFolder(), params.track, which, size);
    const name = digest.toString('hex');
    return {
      ...bytesInMemory(bytes, mediaType, size === undefined ? name : `${name}-${size}`),
      // The digest means the same picture for ever; the best one may be another tomorrow.
      lasts: which !== undefined,
    };
  },
};
