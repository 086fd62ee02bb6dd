// Makes apps/cli/dist, the folder that `npm install -g` can install: our TypeScript bundled to JavaScript with the
// kernels and the packages of many small files inside, and a launcher that runs it on the pinned Node.
import { createHash } from 'node:crypto';
import { copyFileSync, globSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type InputOptions, rolldown } from 'rolldown';
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
 * Packages that stay packages: two have files of their own that they find by their names, three have parts under the LGPL, and
 * the driver of the database's server is loaded by nobody who has none. Fastify has parts without a text of their licence, and saxes
 * comes without it.
 */
const PACKAGES = [
  ...['piscina', '@electric-sql/pglite', 'opus-decoder', '@wasm-audio-decoders/ogg-vorbis', 'pg', 'sharp'],
  ...['fastify', 'pino', 'saxes'],
];

/** Commands that often run on one song: each is packed into one file as well, which starts faster. */
const ALONE = ['analyse', 'master'];

/** Loads Node's module for child processes, which takes as long as a second of sound, when one is started. */
const LATE = {
  name: 'late-child-process',
  resolveId: (id: string, importer: string | undefined) =>
    id === 'node:child_process' && /\/(commander|media)\//.test(importer ?? '') ? '\0child-process' : null,
  load: (id: string) =>
    id === '\0child-process'
      ? `export const spawn = (...all) => process.getBuiltinModule('node:child_process').spawn(...all);
         export default { spawn };`
      : null,
};

const usual: InputOptions = {
  platform: 'node',
  resolve: { conditionNames: ['@tutti/source', 'node', 'import', 'default'] },
  external: PACKAGES,
};

rmSync(out, { recursive: true, force: true });
const bundle = await rolldown({
  input: {
    main: join(root, 'apps/cli/src/main.ts'),
    'analyse-worker': join(root, 'packages/workflows/src/analyse/analyse-worker.ts'),
    'balance-worker': join(root, 'packages/workflows/src/balance/balance-worker.ts'),
    'deck-worker': join(root, 'packages/workflows/src/mix/deck-worker.ts'),
    'hash-worker': join(root, 'packages/workflows/src/scan/hash-worker.ts'),
    'job-worker': join(root, 'packages/workflows/src/jobs/job-worker.ts'),
    'master-worker': join(root, 'packages/workflows/src/master/master-worker.ts'),
    'sound-worker': join(root, 'packages/workflows/src/similar/sound-worker.ts'),
  },
  ...usual,
});
const { output } = await bundle.write({
  ...{ dir: out, format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
});
await bundle.close();
for (const name of ALONE) {
  const alone = await rolldown({ input: join(root, `apps/cli/src/${name}-alone.ts`), ...usual, plugins: [LATE] });
  await alone.write({
    file: join(out, `${name}-alone.cjs`),
    format: 'cjs',
    codeSplitting: false,
    dynamicImportInCjs: false,
    comments: false,
  });
  await alone.close();
}
const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
writeFileSync(join(out, 'THIRD_PARTY_NOTICES.txt'), `${noticesOf(modules)}\n`);

for (const path of globSync('packages/library/src/migrations/*.sql', { cwd: root }))
  copyFileSync(join(root, path), join(out, basename(path)));

const workspace = readManifest('package.json');
const dependencies = Object.fromEntries(
  globSync(['packages/*/package.json', 'apps/*/package.json'], { cwd: root })
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
  files: ['*.js', '*.cjs', '*.sql', 'LICENSE', 'THIRD_PARTY.md', 'THIRD_PARTY_NOTICES.txt', 'README.md'],
  dependencies: { ...dependencies, node: workspace.devDependencies?.['node'] },
};
writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
for (const page of ['LICENSE', 'THIRD_PARTY.md', 'README.md'])
  writeFileSync(join(out, page), readFileSync(join(root, page)));

const build = createHash('sha256');
for (const file of readdirSync(out).sort()) build.update(readFileSync(join(out, file)));
const launcher = readFileSync(join(root, 'scripts/package/launcher.mjs'), 'utf8');
const filled = launcher
  .replace("'BUILD'", JSON.stringify(build.digest('hex').slice(0, 12)))
  .replace("['ALONE']", JSON.stringify(ALONE));
writeFileSync(join(out, 'tutti.js'), filled, { mode: 0o755 });
console.log(`built ${out}`);
