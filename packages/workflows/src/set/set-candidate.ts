import { basename, resolve } from 'node:path';
import type { AnalysisLine } from '@tutti/contract';
import type { TrackAnalysis } from '@tutti/music/analysis';
import type { FilterFacts } from '@tutti/music/filter';
import { type SetTrack, setTrackOf } from '@tutti/music/set-planning';
import { WorkflowError } from '../failure.ts';

/** A file that may go into a set: a small part of its analysis. */
export interface SetCandidate {
  /** Absolute, so that a plan can be used from anywhere. */
  readonly path: string;
  readonly audioHash: string;
  readonly title: string;
  readonly track: SetTrack;
  /** What a filter may ask for. */
  readonly facts: FilterFacts;
}

/** A whole analysis, as the planners need it. @throws WorkflowError when a part was left out by `--only` */
export function wholeAnalysis(line: AnalysisLine): TrackAnalysis {
  const { tempo, key, loudness, structure, energy, timbre, embedding, warnings, notes } = line;
  if (!tempo || !key || !loudness || !structure || !energy || !timbre || embedding === undefined) {
    throw new WorkflowError(
      'unsupported',
      `${line.path}: a set is planned from a whole analysis, and this one has parts left out`,
    );
  }
  return {
    tempo,
    key,
    loudness: loudness as TrackAnalysis['loudness'],
    structure,
    energy,
    timbre,
    embedding,
    fingerprint: line.fingerprint ?? null,
    warnings,
    notes,
  };
}

/** What a person calls the track: artist and title from its tags, else the name of its file. */
export function titleOf({ path, tags: { title, artist } }: AnalysisLine): string {
  if (!title) return basename(path).replace(/\.[^.]+$/, '') || basename(path);
  return artist ? `${artist} - ${title}` : title;
}

/** What a set is planned from, of the analysis of a file. */
export function setCandidate(line: AnalysisLine): SetCandidate {
  const path = resolve(line.path);
  const { audioHash } = line;
  const title = titleOf(line);
  const { artist } = line.tags;
  const { seconds } = line.format;
  const track = setTrackOf({ id: path, title, artist, audioHash, seconds, analysis: wholeAnalysis(line) });
  return { path, audioHash, title, track, facts: factsOf(line, path) };
}

/** What an analysis says of a track to a filter; what a library would know besides is not known. */
function factsOf({ tags, format, tempo, key, loudness, energy }: AnalysisLine, path: string): FilterFacts {
  const known = (text: string | null) => (text === null ? [] : [text]);
  return {
    texts: {
      title: known(tags.title),
      artist: known(tags.artist),
      album: known(tags.album),
      path: [path],
      format: [format.codec, format.container],
    },
    numbers: {
      bpm: tempo?.bpm ?? null,
      energy: energy?.level ?? null,
      loudness: loudness?.integratedLufs ?? null,
      length: format.seconds,
    },
    key: key?.camelot ?? null,
    dates: {},
  };
}
