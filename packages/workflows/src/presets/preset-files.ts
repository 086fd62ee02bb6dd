import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type MasterPreset, parseMasterPreset } from '@tutti/music/mastering';
import { failureOf, WorkflowError } from '../failure.ts';
import { readPlan } from '../read-plan.ts';
import { isThere, makeFolder, writeWhole } from '../write-whole.ts';

const ENDING = '.json';
/** Names become names of files on every system. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,99}$/u;

/** A preset that is kept, or the reason why its file is none. */
export type KeptPreset =
  | { readonly path: string; readonly preset: MasterPreset }
  | { readonly path: string; readonly reason: string };

/** Where presets are kept: in the user's folder. */
export function presetFolder(userFolder: string): string {
  return join(userFolder, 'presets');
}

/** The presets of a folder by their names; none when there is no such folder. @throws WorkflowError 'denied' */
export async function listPresets(folder: string): Promise<KeptPreset[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new WorkflowError('denied', `${folder} cannot be read: ${error.message}`, error);
  });
  return Promise.all(
    names
      .filter((name) => name.endsWith(ENDING))
      .sort()
      .map((name) => join(folder, name))
      .map((path) =>
        readPresetFile(path).then(
          (preset) => ({ path, preset }),
          (error: unknown) => ({ path, reason: failureOf(error).message }),
        ),
      ),
  );
}

/** @throws WorkflowError as `readPlan` */
export function readPresetFile(path: string): Promise<MasterPreset> {
  return readPlan(path, 'master preset', parseMasterPreset);
}

/**
 * Finds a preset.
 * @param nameOrPath a name in the folder, or the path of a file that ends in .json
 * @throws WorkflowError 'missing' naming those there are; as `readPlan`
 */
export async function findPreset(folder: string, nameOrPath: string): Promise<MasterPreset> {
  if (nameOrPath.endsWith(ENDING)) return readPresetFile(nameOrPath);
  const path = presetPath(folder, nameOrPath);
  if (await isThere(path)) return readPresetFile(path);
  const kept = (await listPresets(folder)).flatMap((each) => ('preset' in each ? [each.preset.name] : []));
  const there = kept.length === 0 ? `none is kept in ${folder}` : `there are ${kept.join(', ')}`;
  throw new WorkflowError('missing', `there is no preset "${nameOrPath}": ${there}`);
}

/**
 * Keeps a preset under its name.
 * @returns the path of its file
 * @throws WorkflowError 'denied' when there is one of that name and `force` is not set, or it cannot be written
 */
export async function savePreset(folder: string, preset: MasterPreset, force: boolean): Promise<string> {
  const path = presetPath(folder, preset.name);
  if (!force && (await isThere(path)))
    throw new WorkflowError('denied', `${path} is there already: --force replaces it`);
  await makeFolder(folder);
  await writeWhole(path, `${JSON.stringify(parseMasterPreset(preset), null, 2)}\n`);
  return path;
}

function presetPath(folder: string, name: string): string {
  if (NAME.test(name) && !name.endsWith('.')) return join(folder, `${name}${ENDING}`);
  throw new WorkflowError(
    'unsupported',
    `"${name}" cannot be the name of a preset: letters, digits, spaces and . _ - can, up to 100, with a letter or digit first`,
  );
}
