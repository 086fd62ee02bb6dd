import { soundAs, soundById, trackById } from '@tutti/workflows';
import { mediaTypeOf } from '../answer/media-types.data.ts';
import { wrongFields } from '../request-error.ts';
import type { Handlers } from './handlers.ts';

export const soundHandlers: Pick<Handlers, 'getSound' | 'streamSound'> = {
  async getSound({ library }, { params }) {
    const { ending, size, modifiedUs, read } = await soundById(library, params.track);
    return { type: mediaTypeOf(ending), size, tag: `${size}-${modifiedUs}`, lasts: false, read };
  },
  async streamSound({ library, transcoders }, { params, query }, { signal }) {
    const { seconds } = await trackById(library, params.track);
    if (seconds !== null && query.start >= seconds) {
      throw wrongFields([{ field: 'query.start', message: `it must be below ${seconds}, the seconds of the track` }]);
    }
    const sound = await soundById(library, params.track);
    return {
      type: mediaTypeOf(query.as),
      make: () => transcoders.begin(() => soundAs(sound, query.as, query.start, signal), signal),
    };
  },
};
