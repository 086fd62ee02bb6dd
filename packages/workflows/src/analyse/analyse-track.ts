import { join } from 'node:path';
import { ANALYSIS_PARTS, ANALYSIS_SCHEMA, type AnalysisLine, type AnalysisPart } from '@tutti/contract';
import { BandPeaks, type Kernels, kernelsVersion, peaksToBytes } from '@tutti/dsp';
import { type AudioPath, type AudioSource, createAudioHasher, displayPath, openAudio, readTags } from '@tutti/media';
import { ANALYSER_VERSION, type TrackAnalysis, type TrackEvidence, TrackListener } from '@tutti/music/analysis';
import { parseKey } from '@tutti/music/theory';
import { WorkflowError } from '../failure.ts';
import { writeWhole } from '../write-whole.ts';

/** Hz; of the kernels. */
const HIGHEST_SAMPLE_RATE = 192_000;

export interface AnalyseOptions {
  /** Parts to report; all when absent. */
  readonly only?: readonly AnalysisPart[] | undefined;
  /** Folder in which the peaks of the waveform are written, named after the sound; none are measured when absent. */
  readonly peaksFolder?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A line about a file, and what it was concluded from. */
export interface TrackWithEvidence {
  readonly line: AnalysisLine;
  readonly evidence: TrackEvidence;
}

/**
 * Listens to one file from its first to its last sample, in blocks, so that memory does not grow with its length.
 * @param path a string, or bytes when the name is no valid UTF-8
 * @param kernels the thread's instance; what this allocates in it is freed again
 * @throws MediaError when the file cannot be read, WorkflowError 'denied' when its peaks cannot be written
 */
export async function analyseTrack(
  path: AudioPath,
  kernels: Kernels,
  options: AnalyseOptions = {},
): Promise<AnalysisLine> {
  const { line } = await hear(path, kernels, options, (listener) => ({ analysis: listener.finish() }));
  return line;
}

/** As `analyseTrack`, with the curves that a picture of the analysis is drawn from. */
export async function analyseTrackWithEvidence(
  path: AudioPath,
  kernels: Kernels,
  options: AnalyseOptions = {},
): Promise<TrackWithEvidence> {
  return hear(path, kernels, options, (listener) => listener.finishWithEvidence());
}

async function hear<Heard extends { readonly analysis: TrackAnalysis }>(
  path: AudioPath,
  kernels: Kernels,
  options: AnalyseOptions,
  finish: (listener: TrackListener) => Heard,
): Promise<Omit<Heard, 'analysis'> & { readonly line: AnalysisLine }> {
  const mark = kernels.mark();
  let source: AudioSource | undefined;
  try {
    source = await openAudio(path, { signal: options.signal, kernels });
    const tags = await tagsOf(path);
    const { heard, line } = await listen(displayPath(path), source, kernels, options, finish);
    return { ...heard, line: { ...line, tags } };
  } finally {
    await source?.close();
    kernels.release(mark);
  }
}

/** What an analysis says of the tags of a file. */
export async function tagsOf(path: AudioPath): Promise<AnalysisLine['tags']> {
  const { title, artist, album, bpm, key } = await readTags(path);
  return { title, artist, album, bpm, key: (key !== null && parseKey(key)) || null };
}

async function listen<Heard extends { readonly analysis: TrackAnalysis }>(
  path: string,
  source: AudioSource,
  kernels: Kernels,
  options: AnalyseOptions,
  finish: (listener: TrackListener) => Heard,
): Promise<{ readonly heard: Heard; readonly line: Omit<AnalysisLine, 'tags'> }> {
  const { sampleRate, channels, speakers } = source.format;
  if (sampleRate > HIGHEST_SAMPLE_RATE) {
    throw new WorkflowError(
      'limit',
      `${path} has ${sampleRate} samples a second; ${HIGHEST_SAMPLE_RATE} are the most that are analysed`,
    );
  }
  const listener = new TrackListener(kernels, { sampleRate, channels, speakers });
  const peaks = options.peaksFolder === undefined ? undefined : new BandPeaks(kernels, { sampleRate, channels });
  const hasher = createAudioHasher(sampleRate, channels);
  let frames = 0;
  for await (const { samples } of source.blocks()) {
    options.signal?.throwIfAborted();
    hasher.update(samples);
    listener.push(samples);
    peaks?.process(samples);
    frames += samples.frames;
  }
  const heard = finish(listener);
  const { analysis } = heard;
  const audioHash = hasher.digest();
  if (peaks && options.peaksFolder !== undefined) {
    await writeWhole(join(options.peaksFolder, `${audioHash}.peaks`), peaksToBytes(peaks.finish()));
  }
  const wanted = options.only ?? ANALYSIS_PARTS;
  const line: Omit<AnalysisLine, 'tags'> = {
    schema: ANALYSIS_SCHEMA,
    path,
    audioHash,
    analyser: { version: ANALYSER_VERSION, kernels: kernelsVersion },
    format: { ...source.format, seconds: frames / sampleRate },
    ...Object.fromEntries(wanted.map((part) => [part, analysis[part]])),
    warnings: [...source.warnings, ...analysis.warnings],
    notes: analysis.notes,
  };
  return { heard, line };
}
