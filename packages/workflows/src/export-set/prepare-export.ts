import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { AnalysisLine } from '@tutti/contract';
import {
  type FilePlace,
  pathOf,
  placeOf,
  type Relocation,
  relocated,
  stepsBetween,
  writeChapters,
  writeCueSheet,
  writeM3u8,
  writeNml,
  writeRekordbox,
  writeTracklist,
} from '@tutti/exchange';
import type { MixPlan } from '@tutti/music/mixing';
import { WorkflowError } from '../failure.ts';
import { EXPORT_FORMATS, type ExportFormat } from './export-formats.ts';
import { type GridMarkOptions, REKORDBOX_GRIDS, TRAKTOR_GRIDS } from './grid-marks.ts';
import { setCollection } from './set-collection.ts';
import { inOrderOfMix, setTracks } from './set-tracks.ts';

export interface ExportOptions {
  readonly formats: readonly ExportFormat[];
  /** Where the files are to be. */
  readonly folder: string;
  /** Of the set, and of the files without their endings. */
  readonly name: string;
  /** The rendered mix, which a cue sheet is about; null when there is none. */
  readonly mix: string | null;
  /** Paths in the playlist from its folder on, not absolute. */
  readonly relative: boolean;
  /** What folders are called on the system that reads. */
  readonly relocations: readonly Relocation[];
  /** Name of the start volume of the Mac that Traktor runs on. */
  readonly startVolume: string;
  /** Of this program. */
  readonly version: string;
}

/** A file as it will be. */
export interface PreparedFile {
  readonly format: ExportFormat;
  readonly path: string;
  readonly text: string;
  /** What the other side will not do with it. */
  readonly remarks: readonly string[];
}

/** Paths of the files that an export writes. */
export function exportPaths({ formats, folder, name }: Pick<ExportOptions, 'formats' | 'folder' | 'name'>): string[] {
  return formats.map((format) => exportPath(format, folder, name));
}

function exportPath(format: ExportFormat, folder: string, name: string): string {
  return join(folder, `${name}${EXPORT_FORMATS[format].ending}`);
}

/**
 * Makes the texts of an export, all of them or none; nothing is written.
 * @param analyses of the plan's tracks, found by their audio hash; none are needed unless `needsAnalyses`
 * @throws WorkflowError 'missing' for an analysis, or a mix for the cue sheet; ExchangeError for what a format cannot say
 */
export function prepareExport(
  plan: MixPlan,
  analyses: readonly AnalysisLine[],
  options: ExportOptions,
): PreparedFile[] {
  const byHash = new Map(analyses.map((line) => [line.audioHash, line]));
  const write = writers(plan, byHash, options);
  return options.formats.map((format) => {
    const made = write[format]();
    const { text, remarks = [] } = typeof made === 'string' ? { text: made } : made;
    return { format, path: exportPath(format, options.folder, options.name), text, remarks };
  });
}

type Made = string | { readonly text: string; readonly remarks: readonly string[] };

function writers(
  plan: MixPlan,
  analyses: ReadonlyMap<string, AnalysisLine>,
  options: ExportOptions,
): Readonly<Record<ExportFormat, () => Made>> {
  const { name, relocations } = options;
  const place = (path: string): FilePlace => relocated(placeOf(resolve(path)), relocations);
  const folder = () => place(options.folder);
  const tracks = () => setTracks(plan, analyses);
  const collection = (grids: GridMarkOptions) => setCollection(plan, { name, analyses, placeOf: place, grids });
  return {
    rekordbox: () => writeRekordbox(collection(REKORDBOX_GRIDS), options.version),
    nml: () =>
      writeNml(collection(TRAKTOR_GRIDS), {
        startVolume: options.startVolume,
        uuidOf: () => listId(plan, name),
      }),
    m3u8: () => {
      const entries = inOrderOfMix(plan).map(({ path, title, seconds }) => ({ place: place(path), title, seconds }));
      return writeM3u8(entries, name, options.relative ? folder() : null);
    },
    cue: () => {
      if (options.mix === null)
        throw new WorkflowError('missing', 'a cue sheet is about a rendered mix, and there is none');
      const mix = place(options.mix);
      return writeCueSheet(tracks(), name, stepsBetween(folder(), mix)?.join('/') ?? pathOf(mix));
    },
    tracklist: () => writeTracklist(tracks(), name),
    chapters: () => writeChapters(tracks(), plan.seconds),
  };
}

/** The same for the same tracks under the same name. */
function listId(plan: MixPlan, name: string): string {
  const hash = createHash('sha256').update(name);
  for (const { audioHash } of plan.tracks) hash.update(`\n${audioHash}`);
  return hash.digest('hex').slice(0, 32);
}
