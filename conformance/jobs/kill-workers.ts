// Kills processes that ask for jobs and work on them, 50 times at random on each engine, and says what became of the jobs:
// node scripts/run.mjs conformance/jobs/kill-workers.ts [--kills N] [--jobs N] [--seed N] [--engine embedded|server]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type KilledRun, killWorkers } from '@tutti/jobs/testing';
import { serverForTests } from '@tutti/library/testing/server';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    jobs: { type: 'string', default: '3000' },
    engine: { type: 'string' },
    seed: { type: 'string', default: String(process.pid) },
  },
});
let state = Number(values.seed) >>> 0;

/** Park and Miller's minimal standard generator: good enough to draw moments by. */
function random(): number {
  state = Number((BigInt(state || 1) * 48_271n) % 2_147_483_647n);
  return state / 2_147_483_647;
}

async function kill(engine: string, place: string, workers: number): Promise<boolean> {
  const request = { jobs: Number(values.jobs), kills: Number(values.kills), workers, random };
  const run: KilledRun = await killWorkers({ ...request, place });
  const { jobs, done, failed, wrong, double, ends, early, losses, killedAfter } = run;
  const right = done === jobs && double === 0 && wrong + failed + early === 0 && ends === jobs;
  console.log(
    `${right ? 'ok  ' : 'LOST'} ${engine}: ${killedAfter.length} kills, ${losses} jobs lost their worker; of ${jobs} jobs ${done} ` +
      `done, ${failed} failed, ${wrong} wrong, ${double} asked for twice, ${ends} ends, ${early} before their turn`,
  );
  for (const reason of run.reasons) console.log(`     ${reason}`);
  return right;
}

console.log(`seed ${values.seed}`);
let right = true;
if (values.engine !== 'server') {
  const folder = mkdtempSync(join(tmpdir(), 'tutti-kill-workers-'));
  right = await kill('in the process', folder, 1);
  rmSync(folder, { recursive: true, force: true });
}
if (values.engine !== 'embedded') {
  const server = await serverForTests();
  right = (await kill('on a server, two workers', server.url, 2)) && right;
  await server.stop();
}
process.exitCode = right ? 0 : 1;
