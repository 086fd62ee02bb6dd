// Makes apps/cli/dist, the folder that `npm install -g` can install: our TypeScript bundled to JavaScript with the
// kernels and the packages of many small files inside, and a launcher that runs it on the pinned Node.
import { copyFileSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { rolldown } from 'rolldown';
import { noticesOf } from './licences/notices.ts';

interface Manifest {
  readonly version: string;
  readonly description?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const root = join(import.meta.dirname, '..');
const out = join(root, 'apps/cli/dist');
const readManifest = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8')) as Manifest;

/**
 * Packages that stay packages: two have files of their own that they find by their names, two have parts under the LGPL, and
 * the driver of the database's server is loaded by nobody who has none.
 */
const PACKAGES = ['piscina', '@electric-sql/pglite', 'opus-decoder', '@wasm-audio-decoders/ogg-vorbis', 'pg'];

rmSync(out, { recursive: true, force: true });
const bundle = await rolldown({
  input: {
    main: join(root, 'apps/cli/src/main.ts'),
    'analyse-worker': join(root, 'packages/workflows/src/analyse/analyse-worker.ts'),
    'balance-worker': join(root, 'packages/workflows/src/balance/balance-worker.ts'),
    'master-worker': join(root, 'packages/workflows/src/master/master-worker.ts'),
  },
  platform: 'node',
  resolve: { conditionNames: ['@tutti/source', 'node', 'import', 'default'] },
  external: PACKAGES,
});
const { output } = await bundle.write({
  ...{ dir: out, format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
});
await bundle.close();
const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
writeFileSync(join(out, 'THIRD_PARTY_NOTICES.txt'), `${noticesOf(modules)}\n`);

for (const path of globSync('packages/library/src/migrations/*.sql', { cwd: root }))
  copyFileSync(join(root, path), join(out, basename(path)));

const workspace = readManifest('package.json');
const dependencies = Object.fromEntries(
  globSync(['packages/*/package.json', 'apps/cli/package.json'], { cwd: root })
    .flatMap((path) => Object.entries(readManifest(path).dependencies ?? {}))
    .filter(([name]) => PACKAGES.includes(name))
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);
const manifest = {
  name: 'tutti',
  version: workspace.version,
  description: workspace.description,
  license: 'MIT',
  type: 'module',
  bin: { tutti: 'tutti.js' },
  files: ['*.js', '*.sql', 'LICENSE', 'THIRD_PARTY.md', 'THIRD_PARTY_NOTICES.txt', 'README.md'],
  dependencies: { ...dependencies, node: workspace.devDependencies?.['node'] },
};
writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
for (const page of ['LICENSE', 'THIRD_PARTY.md', 'README.md'])
  writeFileSync(join(out, page), readFileSync(join(root, page)));

const launcher = `#!/usr/bin/env node
// Runs Tutti on the Node it was tested with, whichever Node this machine has.
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

// What was compiled last time is read back. Not in the folder for temporary files, where others may write, too.
const { NODE_COMPILE_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
const cache = NODE_COMPILE_CACHE || join(XDG_CACHE_HOME || LOCALAPPDATA || join(homedir(), '.cache'), 'tutti');

if (Number(process.versions.node.split('.')[0]) >= 24) {
  module.enableCompileCache(cache);
  await import('./main.js');
} else {
  const { spawn } = await import('node:child_process');
  const { dirname } = await import('node:path');
  const { fileURLToPath } = await import('node:url');
  const folder = dirname(module.createRequire(import.meta.url).resolve('node/package.json'));
  const node = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const main = fileURLToPath(new URL('./main.js', import.meta.url));
  const env = { ...process.env, NODE_COMPILE_CACHE: cache };
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: 'inherit', env });
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', (error) => {
    process.stderr.write(\`tutti: cannot start \${node}: \${error.message}\\n\`);
    process.exit(3);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}
`;
writeFileSync(join(out, 'tutti.js'), launcher, { mode: 0o755 });
console.log(`built ${out}`);
