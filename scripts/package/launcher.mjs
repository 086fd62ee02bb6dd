#!/usr/bin/env node
// Runs Tutti on the Node it was tested with, whichever Node this machine has. `scripts/build-package.ts` packs it.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Filled in when it is packed: a name for the contents, and the commands that are packed in a file of their own as well.
const BUILD = 'BUILD';
const ALONE = ['ALONE'];

// What was compiled last time is read back. Not in the folder for temporary files, where others may write, too.
const { NODE_COMPILE_CACHE, XDG_CACHE_HOME, LOCALAPPDATA, NODE_DISABLE_COMPILE_CACHE } = process.env;
const cache = NODE_COMPILE_CACHE || join(XDG_CACHE_HOME || LOCALAPPDATA || join(homedir(), '.cache'), 'tutti');
const [command] = process.argv.slice(2);

if (Number(process.versions.node.split('.')[0]) < 24) await runOnPinnedNode();
else if (ALONE.includes(command)) await runAlone();
else {
  module.enableCompileCache(cache);
  await import(new URL('./main.js', import.meta.url));
}

/**
 * Runs a command from its own file, with the code that V8 had made of it when it last ended. Node's cache holds what is
 * compiled on loading; half of a short run's work in JavaScript is to compile the rest.
 */
async function runAlone() {
  const { Script } = await import('node:vm');
  const v8 = await import('node:v8');
  const file = fileURLToPath(new URL(`./${command}-alone.cjs`, import.meta.url));
  const kept = join(cache, `${command}-${BUILD}-${v8.cachedDataVersionTag()}.code`);
  // The first byte says whether a whole song went through what is kept; the code begins where V8 likes it aligned.
  const code = NODE_DISABLE_COMPILE_CACHE ? undefined : readIfThere(kept);
  const script = new Script(module.wrap(readFileSync(file, 'utf8')), {
    filename: file,
    cachedData: code?.subarray(8),
  });
  const own = { exports: {} };
  script.runInThisContext()(own.exports, module.createRequire(file), own, file, import.meta.dirname);
  if (NODE_DISABLE_COMPILE_CACHE) return;
  process.on('exit', (exitCode) => {
    const whole = exitCode === 0 && own.exports.heardOneSong() ? 1 : 0;
    if (code !== undefined && code[0] >= whole) return;
    // V8 takes code back under the flags it was made under only: those of the start.
    for (const flag of own.exports.FLAGS) v8.setFlagsFromString(flag.replace('--no-', '--'));
    const header = Buffer.alloc(8, whole);
    try {
      mkdirSync(cache, { recursive: true });
      writeFileSync(`${kept}.${process.pid}`, Buffer.concat([header, script.createCachedData()]));
      renameSync(`${kept}.${process.pid}`, kept);
    } catch {
      // Without it the next start takes longer.
    }
  });
}

function readIfThere(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

async function runOnPinnedNode() {
  const { spawn } = await import('node:child_process');
  const { dirname } = await import('node:path');
  const folder = dirname(module.createRequire(import.meta.url).resolve('node/package.json'));
  const node = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const env = { ...process.env, NODE_COMPILE_CACHE: cache };
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit', env });
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', (error) => {
    process.stderr.write(`tutti: cannot start ${node}: ${error.message}\n`);
    process.exit(3);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}
