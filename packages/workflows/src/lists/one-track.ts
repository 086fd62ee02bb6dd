import { type AnalysisLine, analysisLineSchema, type ListedTrackLine } from '@tutti/contract';
import { analysisOf, type Database, listedTracks, type TaggedMarks, taggedMarks } from '@tutti/library';
import { ANALYSER_VERSION } from '@tutti/music/analysis';
import { WorkflowError } from '../failure.ts';
import { trackLine } from './list-library.ts';

/** A track of the library by its number. @throws WorkflowError 'missing' */
export async function trackById(library: Database, id: number): Promise<ListedTrackLine> {
  const [track] = await listedTracks(library, [id]);
  if (track === undefined) throw new WorkflowError('missing', `the library has no track ${id}`);
  return trackLine(track);
}

/** The analysis of a track, with the path at which its file is now. @throws WorkflowError 'missing' */
export async function analysisById(library: Database, id: number): Promise<AnalysisLine> {
  const { path } = await trackById(library, id);
  const line = await analysisOf(library, ANALYSER_VERSION, id);
  if (line === undefined) {
    throw new WorkflowError(
      'missing',
      `${path} was not analysed by this version: a scan, or a job of type analyse, does it`,
    );
  }
  return { ...analysisLineSchema.parse(JSON.parse(line)), path };
}

/** What programs left in the tags of a track. @throws WorkflowError 'missing' */
export async function marksById(library: Database, id: number): Promise<TaggedMarks[]> {
  await trackById(library, id);
  return taggedMarks(library, id);
}
