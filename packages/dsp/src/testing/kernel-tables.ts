import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The number lists of a kernel's data file, by the names they are exported under. A standard's tables are typed once;
 * kernel and twin read the same file.
 * @param file path below `kernels/`
 */
export function kernelTables(file: string): ReadonlyMap<string, readonly number[]> {
  const text = readFileSync(join(import.meta.dirname, '../../kernels', file), 'utf8');
  const tables = new Map<string, readonly number[]>();
  for (const [, name, list] of text.matchAll(/export const (\w+): usize = memory\.data<\w+>\(\[([^\]]*)\]\)/g)) {
    tables.set(
      name!,
      list!.split(',').flatMap((item) => (item.trim() === '' ? [] : [Number(item)])),
    );
  }
  return tables;
}
