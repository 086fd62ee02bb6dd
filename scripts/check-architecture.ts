// The architecture test: floors, doors, cycles, file length, forbidden globals, constructs the house does not use.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkHouse } from './architecture/checks.ts';
import { ROOMS } from './architecture/rules.ts';
import { readSource } from './architecture/source-file.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const slashes = (path: string) => path.replaceAll('\\', '/');

const paths = globSync(
  ['packages/*/src/**/*.{ts,tsx}', 'apps/*/src/**/*.{ts,tsx}', 'conformance/**/*.ts', 'scripts/**/*.ts'],
  {
    cwd: root,
    exclude: (name) => name === 'node_modules',
  },
).map(slashes);
const files = paths.sort().map((path) => readSource(path, read(path)));

const doors = new Map(
  globSync(['packages/*/package.json', 'apps/*/package.json'], { cwd: root }).map((path) => {
    const manifest = JSON.parse(read(path)) as { name: string; exports?: Record<string, unknown> };
    return [manifest.name, Object.keys(manifest.exports ?? {})] as const;
  }),
);

const complaints = checkHouse(files, ROOMS, doors);

// AssemblyScript is not quite TypeScript, so the kernels are held to their length only.
const kernels = globSync('packages/dsp/kernels/**/*.ts', { cwd: root }).map(slashes);
for (const path of kernels) {
  const lines = read(path).split('\n').length;
  if (lines > 500) complaints.push(`${path}:1 has ${lines} lines; the longest a file may be is 500`);
}

for (const complaint of complaints) console.error(complaint);
console.log(`architecture: ${files.length + kernels.length} files, ${complaints.length} complaints`);
process.exitCode = complaints.length > 0 ? 1 : 0;
