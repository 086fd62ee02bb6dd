// Runs a TypeScript entry on the pinned Node with the workspace's source condition: `node scripts/run.mjs FILE ARGS`.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { nodeBinary, nodeEnvironment, root } from './setup.mjs';

export function run(entry, args, cwd = root) {
  const child = spawn(nodeBinary, ['--conditions=@tutti/source', entry, ...args], {
    cwd,
    env: nodeEnvironment,
    stdio: 'inherit',
  });
  // Ctrl-C reaches the whole process group: the child decides what to do, this process only passes on how it ended.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => signal !== 'SIGINT' && child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`tutti: cannot start ${nodeBinary}: ${error.message}\n`);
    process.exit(3);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [entry, ...args] = process.argv.slice(2);
  run(entry, args);
}
