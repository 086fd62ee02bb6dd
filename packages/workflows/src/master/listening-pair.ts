import type { Clip, Kernels } from '@tutti/dsp';
import { matchLoudness, type PreviewSpan } from '@tutti/music/mastering';
import type { ListeningPair } from '../master-report/report-data.ts';
import { flacOfClip } from '../report-page/clip-flac.ts';

/** Hz; a page that is looked at needs no more, and half a minute of it stays below 5 MB. */
const HIGHEST_RATE = 48_000;

/**
 * The same seconds of a song before and after, as FLAC of 16 bits for a page, with the gains that make them equally loud.
 * @throws MediaError when there is no room for a file that is gone afterwards
 */
export async function listeningPair(
  { before, after }: { readonly before: Clip; readonly after: Clip },
  span: PreviewSpan,
  kernels: Kernels,
): Promise<ListeningPair> {
  const match = matchLoudness(kernels, before, after);
  return {
    span,
    before: { flac: await flacOfClip(before, HIGHEST_RATE, kernels), gainDb: match.before },
    after: { flac: await flacOfClip(after, HIGHEST_RATE, kernels), gainDb: match.after },
  };
}
