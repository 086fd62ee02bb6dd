// Analyses files by jobs and by `tutti analyse`'s own threads, in turn in one process, and says what the queue costs:
// node scripts/run.mjs conformance/jobs/batch-speed.ts FOLDER [--files N] [--rounds N] [--cores N]
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { analyseFiles, collectFiles, JOB_TYPES, withJobs, workOnJobs } from '@tutti/workflows';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    files: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '3' },
    cores: { type: 'string', default: String(availableParallelism()) },
  },
});
const cores = Number(values.cores);
const { files } = await collectFiles(positionals);
const paths = files.map(String).slice(0, Number(values.files));
const home = mkdtempSync(join(tmpdir(), 'tutti-batch-'));
process.env['TUTTI_HOME'] = home;

interface Spent {
  readonly seconds: number;
  /** Of all processors together. */
  readonly processorSeconds: number;
}

async function spent(work: () => Promise<unknown>): Promise<Spent> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - start) / 1000, processorSeconds: (user + system) / 1e6 };
}

const share = (of: number, by: number) => `${((100 * of) / by).toFixed(1)} %`;

async function direct(): Promise<void> {
  let failed = 0;
  for await (const result of analyseFiles(paths, { jobs: cores })) if ('error' in result) failed += 1;
  if (failed > 0) throw new Error(`${failed} files failed`);
}

const ratios: number[] = [];
await withJobs({}, async (user) => {
  const { queue } = user;
  for (let round = 0; round < Number(values.rounds); round++) {
    const byThreads = await spent(direct);
    // The worker's threads start with it, as those of the other way do.
    const byJobs = await spent(() =>
      workOnJobs(user, { capacity: { cores }, say: console.error }, async (worker) => {
        const ids: string[] = [];
        for (const path of paths) ids.push((await queue.submit(JOB_TYPES.analyse, { path })).id);
        await worker.idle();
        for (const id of ids) {
          const job = await queue.find(id);
          if (job?.state !== 'done') throw new Error(`${id}: ${job?.failure?.message}`);
        }
      }),
    );
    ratios.push(byThreads.seconds / byJobs.seconds);
    console.log(
      `round ${round + 1}: ${paths.length} files by threads ${byThreads.seconds.toFixed(2)} s, by jobs ${byJobs.seconds.toFixed(2)} s: ` +
        `${share(byThreads.seconds, byJobs.seconds)} of the speed, ` +
        `${share(byThreads.processorSeconds, byJobs.processorSeconds)} by processor time`,
    );
  }
});
rmSync(home, { recursive: true, force: true });
ratios.sort((a, b) => a - b);
console.log(`median ${(100 * ratios[Math.floor(ratios.length / 2)]!).toFixed(1)} %`);
