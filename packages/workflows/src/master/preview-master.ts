import { rm } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Clip, Kernels } from '@tutti/dsp';
import { openAudio } from '@tutti/media';
import { choosePreview, type MasterPlan, type PreviewSpan, renderPreview } from '@tutti/music/mastering';
import { writeClip } from '../write-clip.ts';
import type { MeasuredFile } from './measure-file.ts';

/** What was written for listening. */
export interface WrittenPreview {
  /** Of the song. */
  readonly span: PreviewSpan;
  /** The seconds of the master as they are. */
  readonly path: string;
  /** Before and after, equally loud, for a fair comparison. */
  readonly matched: { readonly before: string; readonly after: string };
}

/** The files of a preview: itself, and the pair to compare. */
export function previewPaths(out: string): readonly [exact: string, before: string, after: string] {
  const ending = extname(out);
  const stem = out.slice(0, out.length - ending.length);
  return [out, `${stem}-before${ending}`, `${stem}-after${ending}`];
}

/**
 * Renders the most telling half minute of a master, and a pair of before and after at equal loudness.
 * @throws as `renderMasterToFile`, but for promises: a part of a song promises nothing
 */
export async function previewMaster(
  plan: MasterPlan,
  { song, decoded }: MeasuredFile,
  out: string,
  kernels: Kernels,
  { force, signal }: { readonly force: boolean; readonly signal?: AbortSignal | undefined },
): Promise<WrittenPreview> {
  const span = choosePreview(song);
  const open = async () => decoded ?? openAudio(plan.source.path, { signal });
  const { before, after, matchDb } = await renderPreview(plan, open, kernels, span, { signal });
  const [exact, beforePath, afterPath] = previewPaths(out);
  const written: string[] = [];
  const write = async (path: string, clip: Clip, gainDb: number) => {
    await writeClip(path, clip, gainDb, plan.output, kernels, { force, signal });
    written.push(path);
  };
  try {
    await write(exact, after, 0);
    await write(beforePath, before, matchDb.before);
    await write(afterPath, after, matchDb.after);
  } catch (error) {
    // The three belong together.
    for (const path of written) await rm(path, { force: true });
    throw error;
  }
  return { span, path: exact, matched: { before: beforePath, after: afterPath } };
}
