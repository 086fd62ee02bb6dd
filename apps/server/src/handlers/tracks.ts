import {
  analysisById,
  type Filter,
  forgiveWords,
  libraryFacets,
  libraryPage,
  marksById,
  parseFilter,
  parseSort,
  trackById,
} from '@tutti/workflows';
import { fieldError, inField } from '../request-error.ts';
import type { Handlers } from './handlers.ts';

type TrackHandlers = Pick<
  Handlers,
  'listTracks' | 'countFacets' | 'getTrack' | 'getAnalysis' | 'getMarks' | 'listSimilar' | 'findPath'
>;

/** @throws RequestError that points at the place */
function filterOf(text: string | undefined): Filter {
  return inField('query.filter', () => parseFilter(text ?? ''));
}

export const trackHandlers: TrackHandlers = {
  async listTracks({ library }, { query }) {
    const { filter: text, sort: order, forgiving, limit, cursor } = query;
    const asked = filterOf(text);
    const sort = order === undefined ? undefined : inField('query.sort', () => parseSort(order));
    const { filter, words } = forgiving === 'true' ? await forgiveWords(library, asked) : { filter: asked, words: [] };
    const page = libraryPage(library, { filter, sort, limit, after: cursor });
    // All else was read before: only the cursor can be one of another list.
    return { ...(await page.catch((error: unknown) => Promise.reject(fieldError('query.cursor', error)))), words };
  },
  async countFacets({ library }, { query }) {
    return libraryFacets(library, filterOf(query.filter));
  },
  async getTrack({ library }, { params }) {
    return trackById(library, params.track);
  },
  async getAnalysis({ library }, { params }) {
    return analysisById(library, params.track);
  },
  async getMarks({ library }, { params }) {
    return { items: await marksById(library, params.track) };
  },
  async listSimilar({ library, sounds }, { params, query }) {
    const { count, filter, harmonic, tempoWithin, otherArtists } = query;
    const request = {
      filter: filter === undefined ? undefined : filterOf(filter),
      harmonic: harmonic === 'true',
      tempoWithin,
      otherArtists: otherArtists === 'true',
    };
    await trackById(library, params.track);
    return { items: await (await sounds()).similar(params.track, count, request) };
  },
  async findPath({ library, sounds }, { query }) {
    const { from, to, between, filter } = query;
    const meant = filter === undefined ? undefined : filterOf(filter);
    for (const track of [from, to]) await trackById(library, track);
    return { items: await (await sounds()).path(from, to, between, meant) };
  },
};
