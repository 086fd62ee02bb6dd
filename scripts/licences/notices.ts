import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALLOWED, REPLACEABLE } from './policy.ts';

/** May be linked, but its files stay files of their own. */
const NOT_BUNDLED: ReadonlySet<string> = new Set(['MPL-2.0']);

/**
 * The licences of the packages whose modules are in a bundle, as their terms ask for: name, version, and whole text.
 * @param modules paths of the files in the bundle, those of our own among them
 * @throws Error for a package whose licence does not let it be bundled, or that has no text of it
 */
export function noticesOf(modules: readonly string[]): string {
  const folders = [...new Set(modules.map(packageFolder).filter((folder) => folder !== undefined))].sort();
  return folders.map(notice).join('\n\n');
}

/** The package that a module of node_modules belongs to; undefined for a module of ours. */
function packageFolder(module: string): string | undefined {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(module.replaceAll('\\', '/'))?.[0];
}

function notice(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  const [name, version, licence] = ['name', 'version', 'license'].map((field) => String(manifest[field]));
  if (!ALLOWED.has(licence!) || NOT_BUNDLED.has(licence!) || REPLACEABLE[name!] !== undefined) {
    throw new Error(`${name} (${licence}) may not be bundled`);
  }
  const file = existsSync(folder) ? readdirSync(folder).find((entry) => /^licen[cs]e(\.|$)/i.test(entry)) : undefined;
  if (file === undefined) throw new Error(`${name} is bundled, but there is no text of its licence in ${folder}`);
  return `${name} ${version} (${licence})\n\n${readFileSync(join(folder, file), 'utf8').trim()}`;
}
