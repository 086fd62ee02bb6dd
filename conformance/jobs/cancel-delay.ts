// How long it takes until a job that runs has ended after it was cancelled, by the door of another process as well as by the worker's own:
// node scripts/run.mjs conformance/jobs/cancel-delay.ts SONG [--times N]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openJobQueue } from '@tutti/jobs';
import { JOB_TYPES, withJobs, workOnJobs } from '@tutti/workflows';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { times: { type: 'string', default: '10' } },
});
const song = resolve(positionals[0]!);
const home = mkdtempSync(join(tmpdir(), 'tutti-cancel-'));
process.env['TUTTI_HOME'] = home;

const INPUTS = {
  analyse: { path: song },
  mix: { files: [song] },
  master: { path: song },
} as const;

await withJobs({}, async (user) => {
  const other = await openJobQueue(user.library, Object.values(JOB_TYPES));
  await workOnJobs(user, { capacity: { cores: 1 }, say: console.error }, async (worker) => {
    for (const [name, input] of Object.entries(INPUTS) as [keyof typeof INPUTS, unknown][]) {
      for (const [door, queue] of [
        ['its own', user.queue],
        ['another', other],
      ] as const) {
        const delays: number[] = [];
        for (let time = 0; time < Number(values.times); time++) {
          const { id } = await user.queue.submit<unknown>(JOB_TYPES[name], input);
          while ((await user.queue.find(id))?.state === 'waiting') await sleep(5);
          await sleep(50 + 40 * time);
          const start = performance.now();
          const cancelled = await queue.cancel(id);
          await worker.idle();
          if (cancelled) delays.push(performance.now() - start);
        }
        delays.sort((a, b) => a - b);
        const shown = (share: number) =>
          delays[Math.min(delays.length - 1, Math.floor(share * delays.length))]?.toFixed(0);
        console.log(
          `${name} by ${door} door: ${delays.length} cancelled, median ${shown(0.5)} ms, longest ${shown(1)} ms`,
        );
      }
    }
  });
  await other.close();
});
rmSync(home, { recursive: true, force: true });
