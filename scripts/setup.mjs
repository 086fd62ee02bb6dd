// Makes a checkout ready to run: packages installed, kernels compiled. Runs on the machine's own Node (20 or newer),
// so it is plain JavaScript without dependencies. Does nothing when nothing changed since the last time.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** The pinned Node 24 that the npm package `node` installs. */
export const nodeBinary = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/**
 * The environment in which that Node runs the sources: what it made of a TypeScript file is kept, so that the next start
 * does not wait for it again (a command that starts and ends took 0.75 s of a processor without, 0.28 with).
 */
export const nodeEnvironment = { NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node'), ...process.env };

const kernelSources = join(root, 'packages/dsp/kernels');
const kernelModule = join(root, 'packages/dsp/build/kernels-wasm.js');
const stampFile = join(root, 'node_modules/.tutti-setup.json');

const say = (text) => process.stderr.write(`tutti setup: ${text}\n`);

function listFiles(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? listFiles(path) : [path];
    });
}

function digest(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

/** What decides whether packages have to be installed again: every manifest of the workspace and the lock file. */
function digestManifests() {
  const workspaces = ['packages', 'apps'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(root, folder, name, 'package.json')),
  );
  const files = ['package.json', 'package-lock.json', 'conformance/package.json'].map((name) => join(root, name));
  return digest([...files, ...workspaces].filter((path) => existsSync(path)));
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return {};
  }
}

function must(command, args, what) {
  // Child output goes to stderr: stdout belongs to the command that the user asked for.
  const done = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (done.status !== 0) {
    say(`${what} failed (${done.error ? done.error.message : `exit code ${done.status ?? done.signal}`})`);
    process.exit(done.status || 3);
  }
}

export function setup() {
  const stamp = readStamp();
  let installed = digestManifests();
  if (stamp.installed !== installed || !existsSync(nodeBinary)) {
    say('installing packages (first run, or package-lock.json changed)');
    // Not `npm ci`: see docs/decisions/0002-npm-install-not-ci.md.
    must('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], 'npm install');
    installed = digestManifests();
  }
  const kernels = digest([
    ...listFiles(kernelSources),
    join(root, 'package-lock.json'),
    join(root, 'scripts/build-kernels.ts'),
  ]);
  if (stamp.kernels !== kernels || !existsSync(kernelModule)) {
    say('compiling the DSP kernels');
    must(nodeBinary, [join(root, 'scripts/build-kernels.ts')], 'compiling the kernels');
  }
  mkdirSync(dirname(stampFile), { recursive: true });
  if (stamp.installed !== installed || stamp.kernels !== kernels) {
    writeFileSync(stampFile, `${JSON.stringify({ installed, kernels })}\n`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setup();
