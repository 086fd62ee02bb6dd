// `npm test`: everything a stranger needs to trust the tree. Installs what is missing, runs every check and every test,
// says what failed, and ends with a line `N passed, M failed`. Arguments are passed on to vitest. With TUTTI_CHECK_SPEED in
// the environment, as CI has it, kernels that became slower fail as well.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeBinary, nodeEnvironment, root, setup } from './setup.mjs';

setup();

const inModules = (path) => join(root, 'node_modules', path);
const source = '--conditions=@tutti/source';
const reports = mkdtempSync(join(tmpdir(), 'tutti-test-'));
const report = join(reports, 'vitest.json');

const checks = [
  ['format and lint', [inModules('@biomejs/biome/bin/biome'), 'ci', '--error-on-warnings', '.']],
  ['types', [inModules('typescript/bin/tsc'), '--noEmit']],
  ['architecture', [source, join(root, 'scripts/check-architecture.ts')]],
  ['dead code', [inModules('knip/bin/knip.js')]],
  ['licences and duplicates', [source, join(root, 'scripts/check-licences.ts')]],
];

// Where others work on the same cores, or on another processor, a slower kernel may be no fault of this tree.
if (process.env.TUTTI_CHECK_SPEED) {
  checks.push(['speed beside a plain loop', [source, join(root, 'scripts/bench.ts'), '--check']]);
}

let passed = 0;
let failed = 0;
let skipped = 0;
for (const [name, args] of checks) {
  process.stdout.write(`\n== ${name}\n`);
  const ok = spawnSync(nodeBinary, args, { cwd: root, stdio: 'inherit' }).status === 0;
  if (ok) passed += 1;
  else failed += 1;
  process.stdout.write(`${ok ? 'ok' : 'FAILED'}: ${name}\n`);
}

process.stdout.write('\n== unit and property tests\n');
const vitest = [
  inModules('vitest/vitest.mjs'),
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
];
const unit = spawnSync(nodeBinary, [source, ...vitest, ...process.argv.slice(2)], {
  cwd: root,
  env: nodeEnvironment,
  stdio: 'inherit',
});
try {
  const result = JSON.parse(readFileSync(report, 'utf8'));
  passed += result.numPassedTests;
  // A file that could not even be loaded has no tests that could fail.
  const unloaded = result.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  failed += result.numFailedTests + unloaded.length;
  skipped += result.numPendingTests + result.numTodoTests;
} catch {
  failed += 1;
}
// A run that vitest calls failed (an unhandled error, say) is failed whatever its counts.
if (unit.status !== 0 && failed === 0) failed += 1;
rmSync(reports, { recursive: true, force: true });

process.stdout.write(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exitCode = failed > 0 ? 1 : 0;
